package removal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/removal"
)

// TestLocal removes the flags of each case from each of its packages alone, as
// drivers do that see one at a time: the result compiles, and declares what the
// package declared before, by the same names.
func TestLocal(t *testing.T) {
	t.Parallel()
	all, err := loadCases()
	require.NoError(t, err)
	names, err := filepath.Glob("testdata/cases/*.txtar")
	require.NoError(t, err)
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			targets, _ := command(t, ar)
			for _, pkg := range all.only(base).Packages {
				if len(pkg.Errors) > 0 {
					continue
				}
				alone := *pkg
				alone.Imports = nil
				alone.Refs = &flagref.Result{Values: pkg.Refs.Values}
				for _, ref := range pkg.Refs.References {
					if ref.Kind == flagref.Evaluation && !ref.Test {
						alone.Refs.References = append(alone.Refs.References, ref)
					}
				}
				prog := &removal.Program{Fset: all.prog.Fset, Sources: all.prog.Sources, Packages: []*removal.Package{&alone}}
				for _, targets := range [][]removal.Target{targets, opposite(t, targets)} {
					plan, err := removal.New(prog, targets, removal.Options{Local: true})
					require.NoError(t, err, pkg.ID)
					assert.Empty(t, plan.Removed, pkg.ID)
					for _, ed := range plan.Files {
						assert.False(t, strings.HasSuffix(ed.Name, "_test.go"), ed.Name)
						assert.Equal(t, declared(t, ed.Before), declared(t, ed.After), ed.Name)
					}
				}
			}
		})
	}
}

// declared lists the names that a file declares, imports left out.
func declared(t *testing.T, src []byte) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
	require.NoError(t, err)
	var out []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			out = append(out, d.Name.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					out = append(out, s.Name.Name)
				case *ast.ValueSpec:
					for _, n := range s.Names {
						out = append(out, n.Name)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}
