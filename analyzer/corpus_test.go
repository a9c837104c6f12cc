package analyzer_test

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
)

// The corpus of a rule is testdata/src/rules/RULE: each folder in it is a program
// (with the packages below it), held against the flags.yaml beside it or, failing
// that, the rule's own, with the options of rules.yaml and the flag systems of providers.yaml. Findings are announced by
// `want` comments, in Go files and in flags.yaml:
//
//	code // want "regular expression" `another`
//	// want(-1) `found on the line above`
//
// bad and good are the examples of the rule's page.

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

const nextVersion = "v2.3.0"

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

// program is one folder of a rule's corpus.
type program struct {
	rule, name string
	dir        string
	packages   []*packages.Package
}

func programs(t *testing.T) []program {
	t.Helper()
	pkgs, err := loadCorpus()
	require.NoError(t, err)
	byDir := map[string]*program{}
	for _, p := range pkgs {
		rest, ok := strings.CutPrefix(p.PkgPath, "rules/")
		if !ok || strings.HasSuffix(p.ID, ".test") {
			continue
		}
		parts := strings.SplitN(strings.TrimSuffix(rest, "_test"), "/", 3)
		require.GreaterOrEqual(t, len(parts), 2, "%s is outside a program", p.PkgPath)
		dir := filepath.Join(corpusDir(), "src", "rules", parts[0], parts[1])
		if byDir[dir] == nil {
			byDir[dir] = &program{rule: parts[0], name: parts[1], dir: dir}
		}
		byDir[dir].packages = append(byDir[dir].packages, p)
	}
	var out []program
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		out = append(out, *byDir[dir])
	}
	return out
}

// beside finds a file of the program, or else of its rule.
func (p program) beside(name string) string {
	for _, dir := range []string{p.dir, filepath.Dir(p.dir)} {
		if file := filepath.Join(dir, name); exists(file) {
			return file
		}
	}
	return ""
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// config is the program's configuration, before anything is said of which rules run.
func (p program) config(t *testing.T) analyzer.Config {
	t.Helper()
	specs, err := provider.Builtin()
	require.NoError(t, err)
	if file := p.beside("providers.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		own, err := provider.Decode(file, data)
		require.NoError(t, err)
		specs = append(specs, own...)
	}
	cfg := analyzer.Config{Specs: specs, Today: today, NextVersion: nextVersion}
	if file := p.beside("flags.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		cfg.Registry, err = registry.Parse(file, data)
		require.NoError(t, err)
	}
	if file := p.beside("rules.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var options map[string]any
		require.NoError(t, yaml.Unmarshal(data, &options))
		rule := analyzer.RuleConfig{}
		for name, value := range options {
			rule.Options = append(rule.Options, analyzer.OptionValue{Name: name, Value: value})
		}
		cfg.Rules = map[string]analyzer.RuleConfig{p.rule: rule}
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

// want is a finding that a comment announces.
type want struct {
	file string
	line int
	re   *regexp.Regexp
}

func (w want) String() string { return fmt.Sprintf("%s:%d: %s", filepath.Base(w.file), w.line, w.re) }

// wants reads the comments of the program's files and of its registry.
func (p program) wants(t *testing.T) []want {
	t.Helper()
	files := map[string]bool{}
	for _, pkg := range p.packages {
		for _, f := range pkg.CompiledGoFiles {
			files[f] = true
		}
	}
	if file := p.beside("flags.yaml"); filepath.Dir(file) == p.dir {
		files[file] = true
	}
	var out []want
	for _, file := range slices.Sorted(maps.Keys(files)) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for i, line := range strings.Split(string(data), "\n") {
			m := wantComment.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			shift := 0
			if m[1] != "" {
				shift, err = strconv.Atoi(m[1])
				require.NoError(t, err)
			}
			for text := strings.TrimSpace(m[2]); text != ""; text = strings.TrimSpace(text) {
				quoted, err := strconv.QuotedPrefix(text)
				require.NoError(t, err, "%s:%d: %s", file, i+1, text)
				pattern, err := strconv.Unquote(quoted)
				require.NoError(t, err)
				re, err := regexp.Compile(pattern)
				require.NoError(t, err)
				out = append(out, want{file, i + 1 + shift, re})
				text = text[len(quoted):]
			}
		}
	}
	return out
}

// wantComment matches what announces a finding on its line, or so many lines from it.
var wantComment = regexp.MustCompile(`(?://|#) want(?:\(([+-]\d+)\))? (.*)`)

// expect compares what was found with what was announced.
func expect(t *testing.T, wants []want, found []told) {
	t.Helper()
	for _, f := range found {
		i := slices.IndexFunc(wants, func(w want) bool {
			return w.file == f.pos.Filename && w.line == f.pos.Line && w.re.MatchString(f.text)
		})
		if i < 0 {
			t.Errorf("not announced: %s:%d:%d: %s", filepath.Base(f.pos.Filename), f.pos.Line, f.pos.Column, f.text)
			continue
		}
		wants = slices.Delete(slices.Clone(wants), i, i+1)
	}
	for _, w := range wants {
		t.Errorf("not found: %s", w)
	}
}

// told is what a driver or the suite tells.
type told struct {
	pos  token.Position
	text string
}

// TestRules runs each rule over its corpus: with the whole-program phase, and,
// where it works on single packages, as any other driver does.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, p := range programs(t) {
		t.Run(p.rule+"/"+p.name, func(t *testing.T) {
			t.Parallel()
			rule := analyzer.Lookup(p.rule)
			require.NotNil(t, rule, "no rule has this corpus")
			cfg := p.config(t)
			cfg.Only = p.only()
			wants := p.wants(t)

			var found []told
			findings := p.findings(t, cfg)
			for _, f := range findings {
				found = append(found, told{f.Pos, f.Message})
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

// only names the rule, and for rules about the others the rule that they are about.
func (p program) only() []string {
	only := []string{p.rule}
	if p.rule == "unused-ignore" {
		only = append(only, "dynamic-key", "flag-sprawl", "nested-flag", "unknown-flag")
	}
	if strings.HasPrefix(p.name, "lifecycle") {
		only = []string{"retired-flag", "expired-flag", "stale-flag", "expiring-soon"}
	}
	return only
}

// diagnostics lists what the roots report, each once although a package and its
// test variant both do.
func diagnostics(graph *checker.Graph) []told {
	seen := map[string]bool{}
	var out []told
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			pos := act.Package.Fset.Position(d.Pos)
			if id := pos.String() + d.Message; !seen[id] {
				seen[id] = true
				out = append(out, told{pos, d.Message})
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
		if p.rule != "nested-flag" || p.name != "bad" {
			continue
		}
		for _, without := range []bool{false, true} {
			cfg := p.config(t)
			cfg.Only, cfg.NoRelated = []string{p.rule}, without
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
		if p.name != "bad" {
			continue
		}
		cfg := p.config(t)
		cfg.Only = []string{p.rule}
		cfg.Exclude = func(string) bool { return true }
		require.Empty(t, p.findings(t, cfg), p.rule)
	}
}
