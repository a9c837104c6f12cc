package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/internal/report"
)

// outputFile is what --output FORMAT=FILE asks for.
type outputFile struct{ format, name string }

// outputFiles is the value of --output: a file that takes the place of standard
// output, and files that are written besides, each in a format of its own.
type outputFiles struct {
	plain string
	files []outputFile
}

// add lets a command's --output name formats.
func (v *outputFiles) add(c *cobra.Command) {
	f := c.Flags().Lookup("output")
	c.Flags().Lookup("format").Usage += "; it goes to standard output, or to the --output that names no format"
	f.Usage = "write to `[FORMAT=]FILE`: FILE in place of standard output, FORMAT=FILE besides (repeatable)"
	prev := c.PreRunE
	single := f.Value
	f.Value = v
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if err := single.Set(v.plain); err != nil {
			return err
		}
		return prev(c, args)
	}
}

// formatName is what the name of a format looks like.
var formatName = regexp.MustCompile(`^[a-z-]+$`)

// Set takes a use of the flag, as pflag asks for it.
func (v *outputFiles) Set(s string) error {
	format, name, ok := strings.Cut(s, "=")
	known := func(f report.CheckFormat) bool { return f.Name == format }
	switch {
	case s == "":
		return fmt.Errorf("names no file")
	case !ok || !formatName.MatchString(format):
		if v.plain != "" {
			return fmt.Errorf("%s and %s both take the place of standard output (write FORMAT=FILE)", v.plain, s)
		}
		v.plain = s
	case !slices.ContainsFunc(report.CheckFormats(), known):
		return fmt.Errorf("%s: no such format (for a file of this name, write ./%s)", format, s)
	case name == "":
		return fmt.Errorf("%s names no file", s)
	default:
		v.files = append(v.files, outputFile{format, name})
	}
	return nil
}

// Type is how help calls the value, as pflag asks for it.
func (v *outputFiles) Type() string { return "string" }

// String is the default, as pflag asks for it: there is none.
func (v *outputFiles) String() string { return "" }

// writeCheck writes the outcome of a check wherever it was asked for.
func (s *session) writeCheck(outcome report.Check) error {
	render := func(format string, color bool) ([]byte, error) {
		opts := report.Options{TextOptions: s.textOptions(), Version: version()}
		opts.Color = color
		for _, f := range report.CheckFormats() {
			if f.Name == format {
				var b bytes.Buffer
				err := f.Write(outcome, &b, opts)
				return b.Bytes(), err
			}
		}
		return nil, fmt.Errorf("no format %s", format)
	}
	for _, o := range s.outputs {
		data, err := render(o.format, s.color == "always")
		if err != nil {
			return err
		}
		name := o.name
		if !filepath.IsAbs(name) {
			name = filepath.Join(s.dir, name)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return fmt.Errorf("--output: %w", err)
		}
	}
	data, err := render(s.format, s.colored(s.world))
	if err != nil {
		return err
	}
	return s.writeOutput(s.world, s.dir, data)
}
