// Package plugin makes flaglint a linter of golangci-lint v2, by its module plugin
// system: a custom build of golangci-lint imports this package (.custom-gcl.yml)
// and enables the linter "flaglint" (.golangci.yml).
package plugin

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

func init() {
	register.Plugin("flaglint", func(raw any) (register.LinterPlugin, error) {
		wd, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		return New(raw, baseDir(wd, os.Args), time.Now())
	})
}

// Settings are what linters.settings.custom.flaglint.settings may hold.
type Settings struct {
	// Config is the configuration; empty: the nearest .flaglint.yaml, upwards from
	// the directory of golangci-lint's configuration.
	Config string `json:"config"`
	// Registry takes the place of the registries that the configuration names.
	Registry []string `json:"registry"`
	// Rules are the only rules to run; empty: those that run by default.
	Rules []string `json:"rules"`
	// Today is a date (2026-11-20) that takes the place of the current one.
	Today string `json:"today"`
}

// Plugin is the linter with its settings.
type Plugin struct {
	suite *analyzer.Suite
	salt  string // of findings
	facts string // of facts, which depend on less and cost more
}

// New reads the settings, unknown names of which are errors, and what they name.
// Relative paths start from base, which is absolute. Now says what today is.
func New(raw any, base string, now time.Time) (*Plugin, error) {
	conf, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, fmt.Errorf("flaglint: settings: %w (known are config, registry, rules and today)", err)
	}
	s, err := settings.Read(settings.Options{Dir: base, File: conf.Config, Registries: conf.Registry})
	if err != nil {
		return nil, fmt.Errorf("flaglint: %w", err)
	}
	today := registry.DateOf(now)
	if conf.Today != "" {
		if today, err = registry.ParseDate(conf.Today); err != nil {
			return nil, fmt.Errorf("flaglint: settings: today: %w", err)
		}
	}
	cfg := analyzer.Config{
		Registry: s.Registry, Specs: s.Specs, Today: today, Rules: s.Rules(), Only: conf.Rules,
		MinSeverity: analyzer.SeverityWarning, Exclude: s.Excluded,
		// golangci-lint makes each other place a finding of its own, and applies
		// every fix that it is given.
		NoRelated: true, OnlySafe: true,
	}
	if gittag.Matters(s.Registry) {
		cfg.NextVersion = gittag.NextVersion(context.Background(), base)
	}
	suite, err := analyzer.New(cfg)
	if err != nil {
		return nil, fmt.Errorf("flaglint: %w", err)
	}
	h := sha256.New()
	fmt.Fprintln(h, conf.Rules, cfg.NextVersion, self())
	if s.Registry != nil {
		fmt.Fprintln(h, today) // without a registry, no day decides
	}
	for _, name := range s.Files {
		if err := hashFile(h, name); err != nil {
			return nil, fmt.Errorf("flaglint: %w", err)
		}
	}
	facts, err := factSalt(s)
	if err != nil {
		return nil, fmt.Errorf("flaglint: %w", err)
	}
	return &Plugin{suite: suite, salt: fmt.Sprintf("%x", h.Sum(nil)[:8]), facts: facts}, nil
}

// factSalt is made of what facts depend on: the flag systems, which the
// configuration names, and the keys that are known. Facts of all dependencies are
// found anew when it changes, so neither the day nor the state of a flag is in it.
func factSalt(s *settings.Settings) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, self())
	if s.ConfigFile != "" {
		if err := hashFile(h, s.ConfigFile); err != nil {
			return "", err
		}
	}
	if s.Registry != nil {
		var keys []string
		for _, f := range s.Registry.Flags() {
			keys = append(keys, f.Key)
		}
		slices.Sort(keys)
		fmt.Fprintf(h, "%q\n", keys)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8]), nil
}

func hashFile(h hash.Hash, name string) error {
	fmt.Fprintln(h, name)
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// self is the version of flaglint that was built in.
func self() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == "github.com/flaghygiene/flaglint" {
			return m.Version + " " + m.Sum
		}
	}
	return ""
}

// GetLoadMode asks golangci-lint for types.
func (p *Plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers returns the analyzers. Golangci-lint keeps findings by the names
// of all analyzers and facts by the name of theirs, and knows nothing of the
// registry, the configuration or the day: so a name that no one sees is made of
// these, and stands in those of the helpers that have facts.
func (p *Plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	analyzers := p.suite.Analyzers()
	if len(analyzers) == 0 {
		return nil, nil
	}
	salted := map[*analysis.Analyzer]bool{}
	var salt func(as []*analysis.Analyzer)
	salt = func(as []*analysis.Analyzer) {
		for _, a := range as {
			if !salted[a] {
				salted[a] = true
				if len(a.FactTypes) > 0 {
					a.Name += "_" + p.facts
				}
				salt(a.Requires)
			}
		}
	}
	salt(analyzers)
	return append(analyzers, &analysis.Analyzer{
		Name: "flaglint_" + p.salt,
		Doc:  "name the configuration and the registry\n\nIt reports nothing.",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}), nil
}

// configNames are what golangci-lint's configuration may be called.
var configNames = []string{".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json"}

// baseDir is the directory of golangci-lint's configuration, which tells plugins
// nothing of it: that of --config, or the working directory, or the nearest above
// the first path that is to be linted; failing all, the working directory.
func baseDir(wd string, args []string) string {
	abs := func(name string) string {
		if filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(wd, name)
	}
	first := ""
	for i := 1; i < len(args); i++ {
		name, value, valued := strings.Cut(args[i], "=")
		switch {
		case name == "-c" || name == "--config":
			if !valued && i+1 < len(args) {
				value = args[i+1]
			}
			return realDir(filepath.Dir(abs(value)))
		case strings.HasPrefix(name, "-"):
		case first == "" && args[i] != "run":
			// The value of a flag names no directory, as a rule.
			dir := abs(strings.TrimSuffix(strings.TrimSuffix(args[i], "..."), "/"))
			if info, err := os.Stat(dir); err == nil {
				if first = dir; !info.IsDir() {
					first = filepath.Dir(dir)
				}
			}
		}
	}
	if hasConfig(wd) || first == "" {
		first = wd
	}
	for dir := first; ; dir = filepath.Dir(dir) {
		if hasConfig(dir) {
			return realDir(dir)
		}
		if dir == filepath.Dir(dir) {
			return realDir(wd)
		}
	}
}

// realDir is a directory without symbolic links: the go command names files so.
func realDir(dir string) string {
	if out, err := filepath.EvalSymlinks(dir); err == nil {
		return out
	}
	return dir
}

func hasConfig(dir string) bool {
	return slices.ContainsFunc(configNames, func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && !info.IsDir()
	})
}
