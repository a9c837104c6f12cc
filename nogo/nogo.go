// Package nogo makes flaglint an analyzer for Bazel's nogo, and for other drivers
// that want all rules as one analyzer whose options are strings.
//
// Nogo runs in a sandbox that holds the files of a package and no others, so the
// registry is best embedded: a package of yours exports
//
//	//go:embed flags.yaml
//	var flags []byte
//
//	var Analyzer = nogo.New(nogo.Options{
//		Registries: []nogo.File{{Name: "flags.yaml", Data: flags}},
//	})
//
// and is a dependency of the nogo target. Where files can be read, Analyzer and its
// flags do.
package nogo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/settings"
	"github.com/flaghygiene/flaglint/registry"
)

// Analyzer has no registry but that of its flags: -registry FILE, -config FILE,
// -rules LIST, -today DATE and -next-version VERSION.
var Analyzer = New(Options{})

// File is a file that was embedded.
type File struct {
	Name string // as messages give it
	Data []byte
}

// Options are what an Analyzer works from. Each has a flag of the same meaning,
// which adds to the registries and takes the place of the others.
type Options struct {
	// Config is a .flaglint.yaml; the registries that it names are not read, and
	// its exclusions are held against the end of a file's path.
	Config File
	// Registries are the flags; none: the rules that need one do not run.
	Registries []File
	// Rules are the only rules to run; empty: those that run by default.
	Rules []string
	// Today is a date (2026-11-20); empty: nothing is found by date, since a build
	// that is kept must not depend on the day.
	Today string
	// NextVersion is the module's next release, for flags that expire with one.
	NextVersion string
}

// New makes the analyzer. Mistakes in the options are told when it runs, since a
// package variable has no one to tell.
func New(o Options) *analysis.Analyzer {
	n := &nogo{options: o}
	a := &analysis.Analyzer{
		Name: "flaglint",
		Doc:  "hold feature flags against their registry\n\nAll rules of flaglint that a single package can show.",
		URL:  "https://github.com/flaghygiene/flaglint",
		Run:  n.run,
	}
	// The analyzers depend on flags that are not set yet; their facts do not.
	if suite, err := analyzer.New(analyzer.Config{}); err == nil {
		for _, helper := range closure(suite.Analyzers()) {
			a.FactTypes = append(a.FactTypes, helper.FactTypes...)
		}
	}
	a.Flags.Func("registry", "read flags from `FILE` (repeatable)", func(s string) error {
		n.registries = append(n.registries, s)
		return nil
	})
	a.Flags.StringVar(&n.config, "config", "", "read the configuration from `FILE`")
	a.Flags.Func("rules", "run only these rules, a comma between them", func(s string) error {
		n.options.Rules = strings.Split(s, ",")
		return nil
	})
	a.Flags.StringVar(&n.options.Today, "today", o.Today, "what today is, as a `DATE`; without it nothing is found by date")
	a.Flags.StringVar(&n.options.NextVersion, "next-version", o.NextVersion, "the module's next release")
	return a
}

// nogo is an analyzer's state: the options and flags, and what was made of them.
type nogo struct {
	options    Options
	registries []string
	config     string

	once      sync.Once
	analyzers func() []*analysis.Analyzer
	err       error
}

func (n *nogo) run(pass *analysis.Pass) (any, error) {
	n.once.Do(func() { n.err = n.prepare() })
	if n.err != nil {
		return nil, n.err
	}
	return nil, runAll(pass, n.analyzers())
}

// prepare reads what the options and flags name.
func (n *nogo) prepare() error {
	o := n.options
	for _, name := range n.registries {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("%s: the registry cannot be read: %w (in a sandbox, embed it)", name, settings.Cause(err))
		}
		o.Registries = append(o.Registries, File{name, data})
	}
	if n.config != "" {
		data, err := os.ReadFile(n.config)
		if err != nil {
			return fmt.Errorf("%s: the configuration cannot be read: %w (in a sandbox, embed it)", n.config, settings.Cause(err))
		}
		o.Config = File{n.config, data}
	}
	s := &settings.Settings{Config: &config.Config{}}
	var err error
	if o.Config.Data != nil {
		if s.Config, err = config.Parse(o.Config.Name, o.Config.Data); err != nil {
			return err
		}
	}
	var parts []*registry.Registry
	var errs []error
	for _, f := range o.Registries {
		r, err := settings.Formats().Load(f.Name, f.Data, registry.Options{})
		parts, errs = append(parts, r), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	cfg := analyzer.Config{
		NextVersion: o.NextVersion, Rules: s.Rules(), Only: o.Rules, MinSeverity: analyzer.SeverityWarning, OnlySafe: true,
		Exclude: func(name string) bool { return excluded(s.Config, name) },
	}
	if len(parts) > 0 {
		if cfg.Registry, err = registry.Merge(parts...); err != nil {
			return err
		}
	}
	if o.Today != "" {
		if cfg.Today, err = registry.ParseDate(o.Today); err != nil {
			return fmt.Errorf("today: %w", err)
		}
	}
	builtin, err := provider.Builtin()
	if err != nil {
		return err
	}
	cfg.Specs = append(builtin, s.Config.Providers...)
	suite, err := analyzer.New(cfg)
	if err != nil {
		return err
	}
	n.analyzers = suite.Analyzers
	return nil
}

// excluded holds a file's path, and every end of it, against the exclusions: what
// it is relative to is not known in a sandbox.
func excluded(c *config.Config, name string) bool {
	parts := strings.Split(filepath.ToSlash(name), "/")
	for i := range parts {
		if rest := strings.Join(parts[i:], "/"); rest != "" && c.Excluded(rest) {
			return true
		}
	}
	return false
}

// closure lists analyzers and what they require, each after what it requires.
func closure(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var out []*analysis.Analyzer
	var add func(a *analysis.Analyzer)
	add = func(a *analysis.Analyzer) {
		if slices.Contains(out, a) {
			return
		}
		for _, r := range a.Requires {
			add(r)
		}
		out = append(out, a)
	}
	for _, a := range analyzers {
		add(a)
	}
	return out
}

// runAll runs analyzers as parts of one pass: their facts are its facts, told apart
// by type, and their findings its findings, with the rule before the message.
func runAll(pass *analysis.Pass, analyzers []*analysis.Analyzer) error {
	results := map[*analysis.Analyzer]any{}
	for _, a := range closure(analyzers) {
		sub := *pass
		sub.Analyzer = a
		sub.ResultOf = map[*analysis.Analyzer]any{}
		for _, r := range a.Requires {
			sub.ResultOf[r] = results[r]
		}
		sub.Report = func(d analysis.Diagnostic) {
			d.Message = d.Category + ": " + d.Message
			pass.Report(d)
		}
		own := func(f analysis.Fact) bool {
			return slices.ContainsFunc(a.FactTypes, func(t analysis.Fact) bool { return reflect.TypeOf(t) == reflect.TypeOf(f) })
		}
		sub.AllObjectFacts = func() []analysis.ObjectFact {
			return slices.DeleteFunc(pass.AllObjectFacts(), func(f analysis.ObjectFact) bool { return !own(f.Fact) })
		}
		sub.AllPackageFacts = func() []analysis.PackageFact {
			return slices.DeleteFunc(pass.AllPackageFacts(), func(f analysis.PackageFact) bool { return !own(f.Fact) })
		}
		res, err := a.Run(&sub)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		results[a] = res
	}
	return nil
}
