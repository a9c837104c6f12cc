package urfave

import (
	cli "github.com/urfave/cli/v3"
)

func cliCommandOverrides(command *cli.Command) {
	_ = command.Set("feature-set", "blue") // want `override feature-set set="blue"`
}
