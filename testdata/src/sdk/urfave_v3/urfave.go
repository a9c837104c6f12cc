// Package urfave uses every row of the provider urfave.
package urfave

import (
	cli "github.com/urfave/cli/v3"
)

func cliCommand(command *cli.Command) {
	_ = command.IsSet("feature-is-set")      // want `mention feature-is-set`
	_ = command.Bool("feature-bool")         // want `evaluation feature-bool bool`
	_ = command.String("feature-string")     // want `evaluation feature-string string`
	_ = command.Int("feature-int")           // want `evaluation feature-int int`
	_ = command.Int64("feature-int64")       // want `evaluation feature-int64 int`
	_ = command.Float64("feature-float64")   // want `evaluation feature-float64 float`
	_ = command.Duration("feature-duration") // want `evaluation feature-duration int`
}

func flags() []any {
	return []any{
		&cli.BoolFlag{Name: "feature-new-checkout", Value: true}, // want `declaration feature-new-checkout` `registered feature-new-checkout active default=true`
		&cli.BoolFlag{Name: "verbose"},
	}
}
