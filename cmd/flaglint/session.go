package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/settings"
)

// session is one run: the settings, then the program, then what is known of it.
type session struct {
	world
	options
	ctx      context.Context
	dir      string // absolute
	paths    report.Paths
	patterns []string
	settings *settings.Settings
	// everything says that the whole modules of the patterns are loaded.
	everything bool
	adoption   adoption
	// outputs are the files that a check writes besides.
	outputs []outputFile
	// shard is the part of the packages that is looked at, and shardFiles hold what was
	// found in parts. found is what this run found, where it went package by package, and
	// notFound why it could not.
	shard      recall.Shard
	shardFiles []string
	found      *recall.Result
	notFound   error
	// more are build configurations that a plan showed to matter.
	more []load.BuildConfig
	// overlay holds what an editor has not saved, by absolute name.
	overlay map[string][]byte
	// parsed gives the texts of the files that are being analysed, where these are let
	// go one by one.
	parsed func(name string) ([]byte, error)
	// testRun is what --run-tests showed.
	testRun *report.TestRun

	prog     *load.Program
	packages []*analyzer.Package
	refs     map[*packages.Package]*flagref.Result
	// unregistered reports whether the code asks for a key that is a flag's only if a
	// registry has it; nil where that is not known.
	unregistered func(key string) bool
	// finder finds the packages that a removal has to look into; nil where the whole
	// program is loaded.
	finder *reach.Finder
}

// newSession reads the configuration and the registries. Where these are wrong, the
// session has what was found of them until then.
func newSession(c *cobra.Command, w world, o options, patterns []string) (*session, error) {
	dir, err := workDir(c)
	if err != nil {
		return nil, err
	}
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	s := &session{world: w, options: o, ctx: c.Context(), dir: dir, paths: report.Paths{Dir: dir}, patterns: patterns}
	if s.settings, err = settings.Read(settings.Options{Dir: dir, File: o.config, Registries: o.registries}); err != nil {
		return s, err
	}
	return s, s.tellSnapshotAge()
}

// load loads the packages.
func (s *session) load(patterns []string, overlay map[string][]byte) error {
	opts, err := s.loadOptions(patterns, overlay)
	if err != nil {
		return err
	}
	done := progress(s.stderr, s.live && !s.quiet, "loading packages")
	defer done()
	if s.prog, err = load.Load(s.ctx, opts); err != nil {
		return err
	}
	done()
	return s.loaded()
}

func (s *session) loadOptions(patterns []string, overlay map[string][]byte) (load.Options, error) {
	configs, err := s.buildConfigs()
	return load.Options{
		Dir: s.dir, Patterns: patterns, Tests: s.tests, Configs: append(configs, s.more...), Env: s.env, Overlay: overlay,
		Through: live.Through(s.settings),
	}, err
}

// loaded looks at a program that was loaded.
func (s *session) loaded() error {
	if s.verbose {
		fmt.Fprintf(s.stderr, "flaglint: %d packages typed from source, %d roots\n", len(s.prog.Packages), len(s.roots()))
	}
	return live.CheckProviders(s.settings, s.prog)
}

// roots are the packages that the patterns name.
func (s *session) roots() []*load.Package {
	return slices.DeleteFunc(slices.Clone(s.prog.Packages), func(p *load.Package) bool { return !p.Root })
}

// suite makes the rules of this run.
func (s *session) suite(only []string, least analyzer.Severity) (*analyzer.Suite, error) {
	today, err := s.today(s.world)
	if err != nil {
		return nil, err
	}
	return analyzer.New(analyzer.Config{
		Registry: s.settings.Registry, Specs: s.settings.Specs, Today: today, NextVersion: gittag.NextVersion(s.ctx, s.dir),
		Rules: s.settings.Rules(), Only: only, MinSeverity: least,
		Exclude: s.settings.Excluded, ReadFile: s.readFile,
	})
}

// inventory lists the flags of the registry and of the packages analysed.
func (s *session) inventory() report.Inventory {
	return report.NewInventory(s.settings.Registry, s.packages)
}

// sound are the packages to analyse, those without errors: the roots, and for a
// removal, which changes what it must, all of the main modules.
func (s *session) sound() []*packages.Package {
	var pkgs []*packages.Package
	for _, p := range s.prog.Packages {
		if p.Sound() && (p.Root || p.Main && s.everything) {
			pkgs = append(pkgs, p.Package)
		}
	}
	return pkgs
}

// analyze runs the suite.
func (s *session) analyze(suite *analyzer.Suite) error {
	pkgs := s.sound()
	defer progress(s.stderr, s.live && !s.quiet, "finding flags")()
	suite.Keep()
	if _, err := learn(suite, pkgs); err != nil {
		return err
	}
	suite.Settle()
	graph, err := checker.Analyze([]*analysis.Analyzer{suite.Collector()}, pkgs, nil)
	if err != nil {
		return err
	}
	return s.keep(pkgs, graph)
}

// refer finds the references alone, as a removal needs them: no rule runs, and
// the packages that it leaves in the session give no findings.
func (s *session) refer() error {
	suite, err := s.suite(nil, analyzer.SeverityError)
	if err != nil {
		return err
	}
	pkgs := s.sound()
	defer progress(s.stderr, s.live && !s.quiet, "finding flags")()
	graph, err := learn(suite, pkgs)
	if err != nil {
		return err
	}
	return s.keep(pkgs, graph)
}

// keep takes the results of an analysis over, in the order of the packages.
func (s *session) keep(pkgs []*packages.Package, graph *checker.Graph) error {
	s.packages, s.refs = nil, map[*packages.Package]*flagref.Result{}
	order := make(map[*packages.Package]int, len(pkgs))
	for i, p := range pkgs {
		order[p] = i
	}
	found := make([]*analyzer.Package, len(pkgs))
	var errs []error
	for _, act := range graph.Roots {
		if act.Err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", act.Package.ID, act.Err))
			continue
		}
		p, ok := act.Result.(*analyzer.Package)
		if !ok {
			p = analyzer.NewPackage(act.Package.PkgPath, act.Package.Name, act.Package.Fset, act.Result.(*flagref.Result))
		}
		found[order[act.Package]] = p
		s.refs[act.Package] = p.Refs
	}
	s.packages = slices.DeleteFunc(found, func(p *analyzer.Package) bool { return p == nil })
	return errors.Join(errs...)
}

// maxLearning bounds the runs in which packages learn of each other: a decorator
// behind an interface that another package implements takes one more each.
const maxLearning = 3

// learn runs the search for references ahead of the rules, until packages tell
// each other nothing new: which of their interfaces are implemented by wrappers,
// and which of their constants are keys. It returns the last search.
func learn(suite *analyzer.Suite, pkgs []*packages.Package) (*checker.Graph, error) {
	var known *flagref.Extra
	for round := 0; ; round++ {
		graph, err := checker.Analyze([]*analysis.Analyzer{suite.References()}, pkgs, nil)
		if err != nil {
			return nil, err
		}
		var told []*flagref.Extra
		for _, act := range graph.Roots {
			if res, ok := act.Result.(*flagref.Result); ok && act.Err == nil {
				told = append(told, res.Extra)
			}
		}
		extra := flagref.Merge(told...)
		if extra.Equal(known) || round == maxLearning {
			return graph, nil
		}
		suite.Learn(extra)
		known = extra
	}
}

// tellLoadErrors prints what is wrong with the packages, and reports whether
// anything is.
func (s *session) tellLoadErrors() bool {
	for _, e := range s.prog.Errors {
		e.File = s.paths.Show(e.File)
		printError(s.stderr, e)
	}
	return len(s.prog.Errors) > 0
}

// readFile returns the content of a file by its absolute name: as the editor has it,
// as it was loaded, or else as it is on disk.
func (s *session) readFile(name string) ([]byte, error) {
	if data, ok := s.overlay[name]; ok {
		return data, nil
	}
	if s.parsed != nil {
		return s.parsed(name)
	}
	if s.prog != nil {
		if src, ok := s.prog.Sources[name]; ok {
			return src, nil
		}
	}
	return os.ReadFile(name)
}

// source is readFile for files that may be missing.
func (s *session) source(name string) []byte {
	data, err := s.readFile(name)
	if err != nil {
		return nil
	}
	return data
}

func (s *session) textOptions() report.TextOptions {
	return report.TextOptions{Color: s.colored(s.world), Quiet: s.quiet, Paths: s.paths, Sources: s.source}
}

// hint prints a line of advice on standard error.
func (s *session) hint(format string, args ...any) {
	if !s.quiet {
		fmt.Fprintf(s.stderr, "flaglint: "+format+"\n", args...)
	}
}

// oneLine joins lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
