// Golangci-lint with the flaglint plugin, as `golangci-lint custom` would build it,
// from modules alone. The tests build and run it.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/flaghygiene/flaglint/plugin"
)

func main() {
	// Without a version, golangci-lint keys its cache by the program itself.
	if err := commands.Execute(commands.BuildInfo{GoVersion: "unknown", Commit: "?", Date: "?"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
