package analyzer_test

import (
	"flag"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/flaghygiene/flaglint/analyzer"
)

// update writes what the tests would compare with.
var update = flag.Bool("update", false, "write golden files and pages")

func (p program) analyze(t *testing.T, a *analysis.Analyzer) *checker.Graph {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, p.packages, &checker.Options{SanityCheck: true, Sequential: true})
	require.NoError(t, err)
	for _, act := range graph.Roots {
		require.NoError(t, act.Err)
	}
	return graph
}

// checkFixes applies the fixes: each alone, and all together. Every result must
// type-check as it is, since some drivers neither format nor clean up imports; and
// all together, formatted, they must give the golden file beside each file.
func (p program) checkFixes(t *testing.T, rule *analyzer.Rule, findings []analyzer.Finding) {
	t.Helper()
	byFile := map[string][]analyzer.Edit{}
	for _, f := range findings {
		if len(f.Fixes) == 0 {
			assert.NotEqual(t, analyzer.FixAlways, rule.Fix, "a finding without a fix: %s", f.Message)
			continue
		}
		assert.NotEqual(t, analyzer.FixNone, rule.Fix, "the rule claims to have no fix")
		require.Len(t, f.Fixes, 1, "drivers take one fix a diagnostic")
		fix := f.Fixes[0]
		for _, e := range fix.Edits {
			require.Equal(t, f.Pos.Filename, e.Start.Filename, "drivers take edits of the diagnostic's file only")
			byFile[e.Start.Filename] = append(byFile[e.Start.Filename], e)
		}
		p.typeCheck(t, f.Message, map[string][]byte{f.Pos.Filename: apply(t, f.Pos.Filename, fix.Edits)})
	}
	fixed := map[string][]byte{}
	for file, edits := range byFile {
		fixed[file] = apply(t, file, edits)
	}
	p.typeCheck(t, "all fixes", fixed)
	for file, text := range fixed {
		formatted, err := format.Source(text)
		require.NoError(t, err)
		golden := file + ".golden"
		if *update {
			require.NoError(t, os.WriteFile(golden, formatted, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err, "run go test ./analyzer -update")
		assert.Equal(t, string(want), string(formatted), golden)
	}
}

// apply edits a file; identical edits count once.
func apply(t *testing.T, file string, edits []analyzer.Edit) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b analyzer.Edit) int { return b.Start.Offset - a.Start.Offset })
	edits = slices.Compact(edits)
	end := len(text)
	for _, e := range edits {
		require.LessOrEqual(t, e.End.Offset, end, "edits overlap in %s", file)
		end = e.Start.Offset
		text = slices.Concat(text[:e.Start.Offset], []byte(e.New), text[e.End.Offset:])
	}
	return text
}

// typeCheck checks every package of the program that holds one of the files.
func (p program) typeCheck(t *testing.T, what string, changed map[string][]byte) {
	t.Helper()
	for _, pkg := range p.packages {
		touched := slices.ContainsFunc(pkg.CompiledGoFiles, func(f string) bool { return changed[f] != nil })
		if !touched {
			continue
		}
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range pkg.CompiledGoFiles {
			var src any
			if text := changed[name]; text != nil {
				src = text
			}
			f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
			if !assert.NoError(t, err, "%s: %s\n%s", what, name, changed[name]) {
				return
			}
			files = append(files, f)
		}
		conf := types.Config{Importer: imported(pkg.Types.Imports())}
		_, err := conf.Check(pkg.PkgPath, fset, files, nil)
		if !assert.NoError(t, err, what) {
			for name, text := range changed {
				t.Logf("%s:\n%s", name, text)
			}
		}
	}
}

// imported is an importer of packages that are there already.
type imported []*types.Package

func (im imported) Import(path string) (*types.Package, error) {
	for _, p := range im {
		if p.Path() == path {
			return p, nil
		}
	}
	return types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:]), nil
}

// suggested lists the diagnostics of the roots as findings, for their fixes, each
// once although a package and its test variant both have it.
func suggested(graph *checker.Graph) []analyzer.Finding {
	seen := map[string]bool{}
	var out []analyzer.Finding
	for _, act := range graph.Roots {
		fset := act.Package.Fset
		for _, d := range act.Diagnostics {
			f := analyzer.Finding{Message: d.Message, Pos: fset.Position(d.Pos)}
			if id := f.Pos.String() + d.Message; seen[id] {
				continue
			} else {
				seen[id] = true
			}
			for _, s := range d.SuggestedFixes {
				fix := analyzer.Fix{Message: s.Message}
				for _, e := range s.TextEdits {
					fix.Edits = append(fix.Edits, analyzer.Edit{Start: fset.Position(e.Pos), End: fset.Position(e.End), New: string(e.NewText)})
				}
				f.Fixes = append(f.Fixes, fix)
			}
			out = append(out, f)
		}
	}
	return out
}
