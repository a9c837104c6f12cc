// Package flagreftest holds what flagref finds in the SDK corpora against their
// want comments. One comment at the end of a line lists the references that
// stand there, each between back quotes:
//
//	c.Boolean(ctx, "k", false, ec) // want `evaluation k bool default=false`
//
// Describe renders them. A comment that begins with pending instead of want says
// what is true and not found yet; where it is found, the comment must become want.
package flagreftest

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/provider/providertest"
)

// Describe renders a reference: its kind, its key ("?" where it is not known) and
// second-level key behind a slash; of evaluations the type, where known; default=
// and set= with constants; and the words error, negated, callback=, inexact.
func Describe(r *flagref.Reference) string {
	var b strings.Builder
	b.WriteString(string(r.Kind) + " ")
	if r.Key == "" {
		b.WriteString("?")
	}
	b.WriteString(r.Key)
	if r.Param != "" {
		b.WriteString("/" + r.Param)
	}
	evaluation := r.Kind == flagref.Evaluation
	if evaluation && r.Type != "" {
		b.WriteString(" " + string(r.Type))
	}
	if r.Default != nil && (evaluation || r.Kind == flagref.Declaration) {
		b.WriteString(" default=" + r.Default.String())
	}
	if r.Set != nil {
		b.WriteString(" set=" + r.Set.String())
	}
	if !evaluation {
		return b.String()
	}
	if r.Shape.Error >= 0 {
		b.WriteString(" error")
	}
	if r.Shape.Negated {
		b.WriteString(" negated")
	}
	if r.Shape.Callback >= 0 {
		fmt.Fprintf(&b, " callback=%t", r.Shape.CallbackWhen)
	}
	if r.Shape.Result >= 0 && !r.Shape.Exact {
		b.WriteString(" inexact")
	}
	return b.String()
}

// DescribeCodeFlag renders a flag that code registers: the word registered, its
// key and state, the default, the value that it is retired or rolled out with,
// and the word locked.
func DescribeCodeFlag(cf flagref.CodeFlag) string {
	f := cf.Flag
	text := "registered " + f.Key + " " + string(f.State)
	if f.Default != nil {
		text += " default=" + f.Default.String()
	}
	if f.Value != nil {
		text += " value=" + f.Value.String()
	}
	if !f.Expires.IsZero() {
		text += " expires=" + f.Expires.String()
	}
	if f.Locked {
		text += " locked"
	}
	return text
}

// Run analyses a corpus with the specs, and returns where the references differ
// from what the comments want, one text a line, and how many agree.
func Run(tb testing.TB, set *provider.Set, c providertest.Corpus) (diffs []string, agreed int) {
	tb.Helper()
	pkgs := variants(c.Load(tb, providertest.Source, "."))
	for _, p := range pkgs {
		maps.DeleteFunc(p.Imports, func(_ string, imp *packages.Package) bool { return imp.Syntax == nil })
	}
	a := flagref.NewAnalyzer(flagref.Config{Specs: set})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		tb.Fatalf("%s: %v", c.Name, err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			tb.Fatalf("%s: %v", c.Name, act.Err)
		}
		got := map[line][]string{}
		res := act.Result.(*flagref.Result)
		for _, cf := range res.CodeFlags {
			l := lineOf(act.Package.Fset, cf.Node.Pos())
			got[l] = append(got[l], DescribeCodeFlag(cf))
		}
		for _, r := range res.References {
			if r.Provider != c.Provider && r.Provider != "env" {
				diffs = append(diffs, fmt.Sprintf("%s: of provider %s: %s", act.Package.Fset.Position(r.Node.Pos()), r.Provider, Describe(r)))
			}
			l := lineOf(act.Package.Fset, r.Node.Pos())
			got[l] = append(got[l], Describe(r))
		}
		want, pending := wants(tb, act.Package)
		for l, w := range pending {
			if same(got[l], w) {
				diffs = append(diffs, fmt.Sprintf("%s:%d: found, and no longer pending (write want)", l.file, l.line))
			}
			delete(got, l)
		}
		d, n := compare(got, want)
		diffs, agreed = append(diffs, d...), agreed+n
	}
	return diffs, agreed
}

// variants leaves out the packages that a test variant covers, and test mains.
func variants(pkgs []*packages.Package) []*packages.Package {
	covered := map[string]bool{}
	for _, p := range pkgs {
		if p.ForTest != "" && p.PkgPath == p.ForTest {
			covered[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		return strings.HasSuffix(p.ID, ".test") || p.ForTest == "" && covered[p.PkgPath]
	})
}

type line struct {
	file string
	line int
}

func lineOf(fset *token.FileSet, pos token.Pos) line {
	p := fset.Position(pos)
	return line{p.Filename, p.Line}
}

// wants reads the comments.
func wants(tb testing.TB, p *packages.Package) (want, pending map[line][]string) {
	tb.Helper()
	want, pending = map[line][]string{}, map[line][]string{}
	for _, f := range p.Syntax {
		for _, group := range f.Comments {
			for _, c := range group.List {
				into, text := want, c.Text
				switch {
				case strings.HasPrefix(text, "// want "):
				case strings.HasPrefix(text, "// pending "):
					into = pending
				default:
					continue
				}
				parts := strings.Split(text, "`")
				if len(parts)%2 == 0 || len(parts) < 3 {
					tb.Errorf("%s: bad want comment", p.Fset.Position(c.Pos()))
					continue
				}
				for i := 1; i < len(parts); i += 2 {
					l := lineOf(p.Fset, c.Pos())
					into[l] = append(into[l], parts[i])
				}
			}
		}
	}
	return want, pending
}

func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// compare tells where got and want differ, in the order of files and lines.
func compare(got, want map[line][]string) (diffs []string, agreed int) {
	lines := slices.Collect(maps.Keys(got))
	for l := range want {
		if _, ok := got[l]; !ok {
			lines = append(lines, l)
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		if c := strings.Compare(a.file, b.file); c != 0 {
			return c
		}
		return a.line - b.line
	})
	for _, l := range lines {
		if same(got[l], want[l]) {
			agreed += len(want[l])
			continue
		}
		diffs = append(diffs, fmt.Sprintf("%s:%d:\n\tgot  %q\n\twant %q", l.file, l.line, got[l], want[l]))
	}
	return diffs, agreed
}
