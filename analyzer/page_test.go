package analyzer_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/registry"
)

// TestRulesAreWhole fails while a rule lacks its file, its documentation comment,
// its examples or its page, and while the page says something else than they do.
func TestRulesAreWhole(t *testing.T) {
	t.Parallel()
	found := map[string]program{}
	for _, p := range programs(t) {
		found[p.Rule+"/"+p.Name] = p
		assert.NotNil(t, analyzer.Lookup(p.Rule), "testdata/src/rules/%s belongs to no rule", p.Rule)
	}
	index := "# Rules\n\n<!-- Written by go test ./analyzer -update. -->\n\n| rule | finds | default | fix |\n|---|---|---|---|\n"
	for _, r := range analyzer.Rules() {
		bad, ok := found[r.Name+"/bad"]
		require.True(t, ok, "no example in testdata/src/rules/%s/bad", r.Name)
		good, ok := found[r.Name+"/good"]
		require.True(t, ok, "no example in testdata/src/rules/%s/good", r.Name)
		assert.NotEmpty(t, r.Title)
		assert.NotRegexp(t, `^[A-Z]|\.$`, r.Title)
		for _, o := range r.Options {
			assert.NotEmpty(t, o.Doc, "option %s", o.Name)
		}
		compare(t, filepath.Join("..", "docs", "rules", r.Name+".md"), page(t, r, bad, good))
		index += fmt.Sprintf("| [%s](%s.md) | %s | %s | %s |\n", r.Name, r.Name, r.Title, defaultOf(r), cmp.Or(r.Fix, analyzer.FixNone))
	}
	compare(t, filepath.Join("..", "docs", "rules", "README.md"), index)
	pages, err := filepath.Glob("../docs/rules/*.md")
	require.NoError(t, err)
	assert.Len(t, pages, len(analyzer.Rules())+1, "a page of a rule that does not exist")
}

// TestExamples runs every rule that a check runs by default, and the rule itself,
// over its examples: the bad one gives findings of the rule and of no other, the
// good one none at all.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, p := range programs(t) {
		if p.Name != "bad" && p.Name != "good" {
			continue
		}
		t.Run(p.Rule+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			cfg := p.config(t)
			for _, r := range analyzer.Rules() {
				if r.Name == p.Rule || r.Severity >= analyzer.SeverityWarning && !r.Off {
					// What a shared flags.yaml says of other examples is no matter here.
					if p.Rule == r.Name || filepath.Dir(p.Beside("flags.yaml")) == p.Dir || !r.WholeProgram || r.Name == "default-mismatch" {
						cfg.Only = append(cfg.Only, r.Name)
					}
				}
			}
			for _, f := range p.findings(t, cfg) {
				if f.Rule != p.Rule || p.Name == "good" {
					t.Errorf("%s:%d: %s: %s", f.Pos.Filename, f.Pos.Line, f.Rule, f.Message)
				}
			}
		})
	}
}

func compare(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err, "run go test ./analyzer -update")
	assert.Equal(t, want, string(got), "%s is stale: run go test ./analyzer -update", file)
}

func defaultOf(r *analyzer.Rule) string {
	if r.Off {
		return r.Severity.String() + ", off"
	}
	return r.Severity.String()
}

func page(t *testing.T, r *analyzer.Rule, bad, good program) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n<!-- Written by go test ./analyzer -update. -->\n\n", r.Name)
	facts := []string{"Severity: " + defaultOf(r)}
	if r.NeedsRegistry {
		facts = append(facts, "needs a registry")
	}
	if r.WholeProgram {
		facts = append(facts, "works on the whole program")
	}
	switch r.Fix {
	case analyzer.FixAlways:
		facts = append(facts, "always has a fix")
	case analyzer.FixSometimes:
		facts = append(facts, "sometimes has a fix")
	}
	fmt.Fprintf(&b, "%s.\n\n%s\n", strings.Join(facts, "; "), documentation(t, r))
	fmt.Fprintf(&b, "## Bad\n\n%s", example(t, bad))
	cfg := bad.config(t)
	cfg.Only = []string{r.Name}
	if r.Name == "unused-ignore" {
		cfg.Only = bad.Only()
	}
	b.WriteString("What flaglint says:\n\n```text\n")
	for _, f := range bad.findings(t, cfg) {
		place := fmt.Sprintf("shop.go:%d", f.Pos.Line)
		if strings.HasSuffix(f.Pos.Filename, ".yaml") {
			place = "flags.yaml"
		}
		fmt.Fprintf(&b, "%s: %s\n", place, strings.ReplaceAll(f.Message, "at bad.go:", "at shop.go:"))
	}
	fmt.Fprintf(&b, "```\n\n## Good\n\n%s", example(t, good))
	b.WriteString("## Options\n\n")
	if len(r.Options) == 0 {
		b.WriteString("None but `severity`.\n")
	} else {
		b.WriteString("| option | what it sets | default |\n|---|---|---|\n")
		for _, o := range r.Options {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", o.Name, o.Doc, shown(o))
		}
		fmt.Fprintf(&b, "\n```yaml\n# .flaglint.yaml\nrules:\n  %s: {severity: %s, %s: %s}\n```\n", r.Name, r.Severity, r.Options[0].Name, strings.Trim(shown(r.Options[0]), "`"))
	}
	if r.Name != "unused-ignore" {
		fmt.Fprintf(&b, "\nTo accept a finding, say why on its line or above it: `//flaglint:ignore %s reason`.\n", r.Name)
	}
	return b.String()
}

// shown renders an option's default as a configuration would give it.
func shown(o analyzer.Option) string {
	text := fmt.Sprint(o.Default)
	switch v := o.Default.(type) {
	case int:
		if o.Kind == analyzer.OptionDays {
			text += "d"
		}
	case string:
		text = fmt.Sprintf("%q", v)
	case []string:
		text = "[" + strings.Join(v, ", ") + "]"
	case map[string]int:
		var parts []string
		for _, k := range registry.Kinds() {
			if n := v[string(k)]; n == analyzer.Never {
				parts = append(parts, string(k)+": never")
			} else {
				parts = append(parts, fmt.Sprintf("%s: %dd", k, n))
			}
		}
		text = "{" + strings.Join(parts, ", ") + "}"
	}
	return "`" + text + "`"
}

// documentation is the documentation comment of the rule's variable as Markdown,
// beginning with "Finds".
func documentation(t *testing.T, r *analyzer.Rule) string {
	t.Helper()
	file := r.AnalyzerName() + ".go"
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	require.NoError(t, err, "each rule has a file of its name")
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		spec := g.Specs[0].(*ast.ValueSpec)
		lit, ok := spec.Values[0].(*ast.CompositeLit)
		if id, isIdent := lit.Type.(*ast.Ident); !ok || !isIdent || id.Name != "Rule" {
			continue
		}
		text, ok := strings.CutPrefix(g.Doc.Text(), spec.Names[0].Name+" finds ")
		require.True(t, ok, "%s: the comment must begin with %q", file, spec.Names[0].Name+" finds …")
		var p comment.Parser
		return string((&comment.Printer{}).Markdown(p.Parse("Finds " + text)))
	}
	t.Fatalf("%s declares no Rule", file)
	return ""
}

var wantText = regexp.MustCompile(`(?m)[ \t]*(//|#) want.*$`)

// example renders the files of a program, and of its registry the rows that they
// or the findings speak of.
func example(t *testing.T, p program) string {
	t.Helper()
	var b, code strings.Builder
	files, err := filepath.Glob(filepath.Join(p.Dir, "*.go"))
	require.NoError(t, err)
	slices.Sort(files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		text := strings.TrimSpace(wantText.ReplaceAllString(string(data), ""))
		name := "shop.go"
		if strings.HasSuffix(file, "_test.go") {
			name = "shop_test.go"
		}
		fmt.Fprintf(&code, "`%s`\n\n```go\n%s\n```\n\n", name, text)
	}
	if file := p.Beside("flags.yaml"); file != "" {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		reg, err := registry.Parse(file, data)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimRight(wantText.ReplaceAllString(string(data), ""), "\n"), "\n")
		own := filepath.Dir(file) == p.Dir
		flags := reg.Flags()
		var rows []string
		for i, f := range flags {
			end := len(lines)
			if i+1 < len(flags) {
				end = flags[i+1].Source.Line - 1
			}
			if own || strings.Contains(code.String(), `"`+f.Key+`"`) {
				rows = append(rows, lines[f.Source.Line-1:end]...)
			}
		}
		if len(rows) > 0 {
			fmt.Fprintf(&b, "`flags.yaml`\n\n```yaml\nversion: 1\nflags:\n%s\n```\n\n", strings.Join(rows, "\n"))
		}
	}
	return b.String() + code.String()
}
