package analyzer_test

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/corpus"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// The corpus of the rules is package corpus's. Bad and good are the examples of a
// rule's page.

var (
	corpusDir = sync.OnceValue(func() string {
		dir, err := filepath.Abs("../testdata")
		if err != nil {
			panic(err)
		}
		return dir
	})
	today = registry.Date{Year: 2026, Month: 6, Day: 1}
)

const nextVersion = corpus.NextVersion

// loadCorpus loads every program of every rule once, from source where it is
// corpus and from export data where it is the standard library.
var loadCorpus = sync.OnceValues(func() ([]*packages.Package, error) {
	cfg := &packages.Config{
		Mode:  packages.LoadSyntax | packages.NeedForTest,
		Dir:   corpusDir(),
		Env:   append(os.Environ(), "GO111MODULE=off", "GOPATH="+corpusDir(), "GOFLAGS=", "GOPROXY=off", "GOWORK=off"),
		Tests: true,
	}
	pkgs, err := packages.Load(cfg, "rules/...", "example.com/...", "github.com/open-feature/go-sdk/...")
	if err != nil {
		return nil, err
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			return nil, fmt.Errorf("%s: %w", p.ID, e)
		}
		maps.DeleteFunc(p.Imports, func(_ string, q *packages.Package) bool { return len(q.Syntax) == 0 })
	}
	return pkgs, nil
})

// program is one folder of a rule's corpus, and its packages.
type program struct {
	corpus.Program
	packages []*packages.Package
}

func programs(t *testing.T) []program {
	t.Helper()
	pkgs, err := loadCorpus()
	require.NoError(t, err)
	var out []program
	for _, c := range corpus.Rules(t) {
		p := program{Program: c}
		for _, pkg := range pkgs {
			path := strings.TrimSuffix(pkg.PkgPath, "_test") + "/"
			if strings.HasPrefix(path, "rules/"+c.Rule+"/"+c.Name+"/") && !strings.HasSuffix(pkg.ID, ".test") {
				p.packages = append(p.packages, pkg)
			}
		}
		require.NotEmpty(t, p.packages, "%s", c.Dir)
		out = append(out, p)
	}
	return out
}

// config is the program's configuration, before anything is said of which rules run.
func (p program) config(t *testing.T) analyzer.Config {
	t.Helper()
	specs, err := provider.Builtin()
	require.NoError(t, err)
	if file := p.Beside("providers.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		own, err := provider.Decode(file, data)
		require.NoError(t, err)
		specs = append(specs, own...)
	}
	cfg := analyzer.Config{Specs: specs, Today: today, NextVersion: nextVersion}
	if file := p.Beside("flags.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		cfg.Registry, err = registry.Parse(file, data)
		require.NoError(t, err)
	}
	if file := p.Beside("rules.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var options map[string]any
		require.NoError(t, yaml.Unmarshal(data, &options))
		rule := analyzer.RuleConfig{}
		for name, value := range options {
			rule.Options = append(rule.Options, analyzer.OptionValue{Name: name, Value: value})
		}
		cfg.Rules = map[string]analyzer.RuleConfig{p.Rule: rule}
	}
	return cfg
}

// findings runs the whole suite, with its whole-program phase.
func (p program) findings(t *testing.T, cfg analyzer.Config) []analyzer.Finding {
	t.Helper()
	suite, err := analyzer.New(cfg)
	require.NoError(t, err)
	collector := suite.Collector()
	var results []*analyzer.Package
	for _, act := range p.analyze(t, collector).Roots {
		results = append(results, act.Result.(*analyzer.Package))
	}
	return suite.Finish(results, analyzer.Scope{Whole: true, Tests: true})
}

// expect compares what was found with what was announced.
func expect(t *testing.T, wants []corpus.Want, found []corpus.Found) {
	t.Helper()
	for _, d := range corpus.Differences(wants, found) {
		t.Error(d)
	}
}

// told is a finding for expect.
func told(pos token.Position, text string) corpus.Found {
	return corpus.Found{File: pos.Filename, Line: pos.Line, Column: pos.Column, Message: text}
}

// TestRules runs each rule over its corpus: with the whole-program phase, and,
// where it works on single packages, as any other driver does.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, p := range programs(t) {
		t.Run(p.Rule+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			rule := analyzer.Lookup(p.Rule)
			require.NotNil(t, rule, "no rule has this corpus")
			cfg := p.config(t)
			cfg.Only = p.Only()
			wants := p.Wants(t)

			var found []corpus.Found
			findings := p.findings(t, cfg)
			for _, f := range findings {
				found = append(found, told(f.Pos, f.Message))
				require.NotEmpty(t, f.Mend, "the command that mends it: %s", f.Message)
				if f.Flag != "" && cfg.Registry.Lookup(f.Flag) != nil {
					require.Contains(t, f.Message, strconv.Quote(f.Flag))
					require.Equal(t, cfg.Registry.Lookup(f.Flag).Source, f.Row)
				}
			}
			expect(t, wants, found)
			p.checkFixes(t, rule, findings)
			if rule.WholeProgram || len(cfg.Only) > 1 {
				return
			}
			suite, err := analyzer.New(cfg)
			require.NoError(t, err)
			require.Len(t, suite.Analyzers(), 1)
			graph := p.analyze(t, suite.Analyzers()[0])
			expect(t, wants, diagnostics(graph))
			p.checkFixes(t, rule, suggested(graph))
		})
	}
}

// diagnostics lists what the roots report, each once although a package and its
// test variant both do.
func diagnostics(graph *checker.Graph) []corpus.Found {
	seen := map[string]bool{}
	var out []corpus.Found
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			pos := act.Package.Fset.Position(d.Pos)
			if id := pos.String() + d.Message; !seen[id] {
				seen[id] = true
				out = append(out, told(pos, d.Message))
			}
		}
	}
	return out
}

// TestNoRelated: other places are part of a diagnostic unless the driver does not
// want them, and part of a finding anyway.
func TestNoRelated(t *testing.T) {
	t.Parallel()
	for _, p := range programs(t) {
		if p.Rule != "nested-flag" || p.Name != "bad" {
			continue
		}
		for _, without := range []bool{false, true} {
			cfg := p.config(t)
			cfg.Only, cfg.NoRelated = []string{p.Rule}, without
			suite, err := analyzer.New(cfg)
			require.NoError(t, err)
			for _, act := range p.analyze(t, suite.Analyzers()[0]).Roots {
				require.Len(t, act.Diagnostics, 1)
				require.Equal(t, without, len(act.Diagnostics[0].Related) == 0)
			}
			require.NotEmpty(t, p.findings(t, cfg)[0].Related)
		}
		return
	}
	t.Fatal("no program has related places")
}

// TestExclude: nothing is told of an excluded file.
func TestExclude(t *testing.T) {
	t.Parallel()
	for _, p := range programs(t) {
		if p.Name != "bad" {
			continue
		}
		cfg := p.config(t)
		cfg.Only = []string{p.Rule}
		cfg.Exclude = func(string) bool { return true }
		require.Empty(t, p.findings(t, cfg), p.Rule)
	}
}
