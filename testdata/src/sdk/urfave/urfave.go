// Package urfave uses every row of the provider urfave. By a built-in prefix a bool is a
// flag, and nothing else.
package urfave

import (
	cli "github.com/urfave/cli/v2"
)

func cliContext(context *cli.Context) {
	_ = context.IsSet("feature-is-set") // want `mention feature-is-set`
	_ = context.Bool("feature-bool")    // want `evaluation feature-bool bool`
	_ = context.String("feature-string")
	_ = context.Int("feature-int")
	_ = context.Int64("feature-int64")
	_ = context.Float64("feature-float64")
	_ = context.Duration("feature-duration")
}

func flags() []any {
	var into bool
	return []any{
		&cli.BoolFlag{Name: "feature-new-checkout", Usage: "the new checkout", EnvVars: []string{"FEATURE_NEW_CHECKOUT"}, Value: true}, // want `declaration feature-new-checkout` `registered feature-new-checkout active default=true`
		&cli.StringFlag{Name: "feature-color", Value: "red"},
		&cli.IntFlag{Name: "feature-limit"},
		&cli.Int64Flag{Name: "feature-limit64"},
		&cli.Float64Flag{Name: "feature-ratio", Value: 0.5},
		&cli.DurationFlag{Name: "feature-wait"},
		&cli.BoolFlag{Name: "feature-into", Destination: &into}, // want `declaration feature-into` `registered feature-into active`
		&cli.BoolFlag{Name: "verbose"},
	}
}
