// Package urfave uses every row of the provider urfave. By a built-in prefix a bool is a
// flag, and nothing else.
package urfave

import (
	cli "github.com/urfave/cli/v3"
)

func cliCommand(command *cli.Command) {
	_ = command.IsSet("feature-is-set") // want `mention feature-is-set`
	_ = command.Bool("feature-bool")    // want `evaluation feature-bool bool`
	_ = command.String("feature-string")
	_ = command.Int("feature-int")
	_ = command.Int64("feature-int64")
	_ = command.Float64("feature-float64")
	_ = command.Duration("feature-duration")
}

func flags() []any {
	return []any{
		&cli.BoolFlag{Name: "feature-new-checkout", Value: true}, // want `declaration feature-new-checkout` `registered feature-new-checkout active default=true`
		&cli.StringFlag{Name: "feature-branch"},
		&cli.BoolFlag{Name: "verbose"},
	}
}
