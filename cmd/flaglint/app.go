package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// The exit codes, which scripts rely on.
const (
	exitClean    = 0 // nothing found, or everything asked for was done
	exitFindings = 1 // findings at or above --fail-on; a removal with residue
	exitError    = 2 // usage, configuration, load or type errors, or a refusal
)

// world is what the command knows of its surroundings.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            []string
	now            time.Time
	colors         bool // stdout shows colours
	live           bool // stderr is a terminal, for progress
	// cacheDir is where is kept what the next run can use; empty: nothing is kept.
	cacheDir string
}

// lookup returns the value of an environment variable.
func (w world) lookup(name string) string {
	value := ""
	for _, e := range w.env {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			value = v
		}
	}
	return value
}

// codeError ends the run with an exit code and no further message.
type codeError int

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// partError says that files were written and could not be put back.
type partError struct{ error }

// run is the command: it returns the exit code.
func run(ctx context.Context, args []string, w world) int {
	root := newRoot(w)
	root.SetArgs(args)
	root.SetOut(w.stdout)
	root.SetErr(w.stderr)
	err := root.ExecuteContext(ctx)
	var code codeError
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil && !errors.As(err, new(partError)):
		err = errors.New("interrupted (nothing was written)")
	}
	printError(w.stderr, err)
	return exitError
}

// printError writes an error, a line for each that it joins.
func printError(w io.Writer, err error) {
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintln(w, "flaglint: "+line)
		}
	}
}

func newRoot(w world) *cobra.Command {
	root := newCheck(w)
	root.Use = "flaglint [check] [packages]"
	root.Short = "find feature flags in Go code, lint them and remove them"
	root.Long = "Flaglint finds every feature flag in Go code, lints it against the flag registry,\n" +
		"and removes flags that are retired. Without a command it checks the packages,\n" +
		"./... if none is named."
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetHelpCommand(newHelp())
	root.Version = versionLine()
	root.SetVersionTemplate("{{.Version}}\n")
	root.Flags().Bool("version", false, "show the version, the commit and the Go version")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w (see %s --help)", err, c.CommandPath())
	})
	root.PersistentFlags().StringP("directory", "C", "", "run in `DIR`")
	// -C alone, as the go command has it.
	root.AddCommand(newCheck(w), newMerge(w), newList(w), newFix(w), newRemove(w), newReport(w), newSync(w), newInit(w), newExplain(w), newCache(w), newLSP(w), newVersion(w))
	return root
}

// newHelp is the help of the command that is named.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:    "help [command]",
		Short:  "show the help of a command",
		Hidden: true, // beside --help
		Args:   cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			of, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return fmt.Errorf("help %s: no such command (flaglint --help lists them; flaglint explain RULE shows a rule)", args[0])
			}
			return of.Help()
		},
	}
}

// workDir returns the absolute directory that -C asks for.
func workDir(c *cobra.Command) (string, error) {
	dir, err := c.Flags().GetString("directory")
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(abs)
	if err != nil || !info.IsDir() {
		return "", fmt.Errorf("-C %s: no such directory", dir)
	}
	// The go command names files by their real path.
	return filepath.EvalSymlinks(abs)
}
