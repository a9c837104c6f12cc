package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/registry"
)

// options are the flags that commands which load packages share.
type options struct {
	config     string
	registries []string
	tags       []string
	goos       string
	goarch     string
	configs    []string
	tests      bool
	now        string
	noCache    bool
	format     string
	output     string
	prefix     string
	color      string
	quiet      bool
	verbose    bool
}

// addLoad adds the flags that say what is loaded and what it is held against.
func (o *options) addLoad(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.config, "config", "", "read the configuration from `FILE`, not from the nearest .flaglint.yaml")
	f.StringArrayVar(&o.registries, "registry", nil, "read the registry from `FILE`, not those of the configuration (repeatable)")
	f.StringSliceVar(&o.tags, "tags", nil, "build tags, as the go command takes them")
	f.StringVar(&o.goos, "goos", "", "operating system to build for")
	f.StringVar(&o.goarch, "goarch", "", "architecture to build for")
	f.StringArrayVar(&o.configs, "build-config", nil, "build configuration `GOOS/GOARCH,tag,…` to load (repeatable: the union is taken)")
	f.BoolVar(&o.tests, "tests", true, "also load test files")
	f.StringVar(&o.now, "now", "", "what today is, as an RFC 3339 `DATE`")
}

// addCache adds the flag of commands that remember what they found.
func (o *options) addCache(c *cobra.Command) {
	c.Flags().BoolVar(&o.noCache, "no-cache", false, "neither use nor keep what runs found (see flaglint cache)")
}

// addOutput adds the flags that say how the outcome is shown.
func (o *options) addOutput(c *cobra.Command, formats ...string) {
	f := c.Flags()
	f.StringVar(&o.format, "format", formats[0], "output `FORMAT`: "+strings.Join(formats, ", "))
	f.StringVar(&o.output, "output", "", "write to `FILE` instead of standard output")
	f.StringVar(&o.color, "color", "auto", "colour text: auto, always or never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "only what was found: no summary and no hints")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say on standard error what is loaded and which rules run")
	prev := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if !slices.Contains(formats, o.format) {
			return fmt.Errorf("--format %s: no such format (want %s)", o.format, strings.Join(formats, ", "))
		}
		if !slices.Contains([]string{"auto", "always", "never"}, o.color) {
			return fmt.Errorf("--color %s: want auto, always or never", o.color)
		}
		if prev != nil {
			return prev(c, args)
		}
		return nil
	}
}

// colored decides whether text is coloured.
func (o *options) colored(w world) bool {
	switch o.color {
	case "always":
		return true
	case "never":
		return false
	}
	return w.colors && o.output == "" && w.lookup("NO_COLOR") == "" && w.lookup("TERM") != "dumb"
}

// today is what --now says, or the day of the clock.
func (o *options) today(w world) (registry.Date, error) {
	if o.now == "" {
		return registry.DateOf(w.now), nil
	}
	d, err := registry.ParseDate(o.now)
	if err != nil {
		return d, fmt.Errorf("--now: %w", err)
	}
	return d, nil
}

// buildConfigs are the build configurations that the flags ask for.
func (o *options) buildConfigs() ([]load.BuildConfig, error) {
	base := load.BuildConfig{GOOS: o.goos, GOARCH: o.goarch, Tags: o.tags}
	if len(o.configs) == 0 {
		return []load.BuildConfig{base}, nil
	}
	if o.goos != "" || o.goarch != "" {
		return nil, fmt.Errorf("--build-config names GOOS and GOARCH already (leave out --goos and --goarch)")
	}
	var out []load.BuildConfig
	for _, text := range o.configs {
		c, err := load.ParseBuildConfig(text)
		if err != nil {
			return nil, fmt.Errorf("--build-config: %w", err)
		}
		c.Tags = append(slices.Clone(o.tags), c.Tags...)
		if slices.ContainsFunc(out, func(d load.BuildConfig) bool { return d.Name() == c.Name() }) {
			return nil, fmt.Errorf("--build-config %s is given twice", text)
		}
		out = append(out, c)
	}
	return out, nil
}

// parseFailOn reads --fail-on; never is above every severity.
func parseFailOn(s string) (analyzer.Severity, error) {
	switch s {
	case "never":
		return analyzer.SeverityError + 1, nil
	case "off":
	default:
		if sev, err := analyzer.ParseSeverity(s); err == nil {
			return sev, nil
		}
	}
	return 0, fmt.Errorf("--fail-on %s: want error, warning, info or never", s)
}

// writeOutput gives the outcome to --output, or to standard output. The file is
// written only when there is an outcome.
func (o *options) writeOutput(w world, dir string, data []byte) error {
	if o.output == "" {
		_, err := w.stdout.Write(data)
		return err
	}
	name := o.output
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	return nil
}
