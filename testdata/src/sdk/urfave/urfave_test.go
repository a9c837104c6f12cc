package urfave

import (
	cli "github.com/urfave/cli/v2"
)

func cliContextOverrides(context *cli.Context) {
	_ = context.Set("feature-set", "blue") // want `override feature-set set="blue"`
}
