// Package urfave uses every row of the provider urfave.
package urfave

import (
	cli "github.com/urfave/cli/v2"
)

func cliContext(context *cli.Context) {
	_ = context.IsSet("feature-is-set")      // want `mention feature-is-set`
	_ = context.Bool("feature-bool")         // want `evaluation feature-bool bool`
	_ = context.String("feature-string")     // want `evaluation feature-string string`
	_ = context.Int("feature-int")           // want `evaluation feature-int int`
	_ = context.Int64("feature-int64")       // want `evaluation feature-int64 int`
	_ = context.Float64("feature-float64")   // want `evaluation feature-float64 float`
	_ = context.Duration("feature-duration") // want `evaluation feature-duration int`
}

func flags() []any {
	var into bool
	return []any{
		&cli.BoolFlag{Name: "feature-new-checkout", Usage: "the new checkout", EnvVars: []string{"FEATURE_NEW_CHECKOUT"}, Value: true}, // want `declaration feature-new-checkout` `registered feature-new-checkout active default=true`
		&cli.StringFlag{Name: "feature-color", Value: "red"},                                                                           // want `declaration feature-color` `registered feature-color active default=red`
		&cli.IntFlag{Name: "feature-limit"},                                                                                            // want `declaration feature-limit` `registered feature-limit active`
		&cli.Int64Flag{Name: "feature-limit64"},                                                                                        // want `declaration feature-limit64` `registered feature-limit64 active`
		&cli.Float64Flag{Name: "feature-ratio", Value: 0.5},                                                                            // want `declaration feature-ratio` `registered feature-ratio active default=0.5`
		&cli.DurationFlag{Name: "feature-wait"},                                                                                        // want `declaration feature-wait` `registered feature-wait active`
		&cli.BoolFlag{Name: "feature-into", Destination: &into},                                                                        // want `declaration feature-into` `registered feature-into active`
		&cli.BoolFlag{Name: "verbose"},
	}
}
