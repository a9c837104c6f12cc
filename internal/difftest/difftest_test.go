package difftest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// toy is a remover that is wrong on purpose: it replaces what replace tells by a
// text, in every file, and takes the import that is left unused.
func toy(replace func(prog *removal.Program, p *removal.Package, f *ast.File, edit func(ast.Node, string))) Remover {
	return func(prog *removal.Program, targets []removal.Target, _ removal.Options) (*removal.Plan, error) {
		plan := &removal.Plan{Targets: targets}
		for _, p := range prog.Packages {
			for _, f := range p.Files {
				name := prog.Fset.Position(f.FileStart).Filename
				src := string(prog.Sources[name])
				after := src
				replace(prog, p, f, func(n ast.Node, by string) {
					from, to := prog.Fset.Position(n.Pos()).Offset, prog.Fset.Position(n.End()).Offset
					// From the end of the file, so that what comes before keeps its place.
					after = after[:from] + by + after[to:]
				})
				if !strings.Contains(after, "flags.") {
					after = strings.NewReplacer("\t\"example.com/flags\"\n", "", "import \"example.com/flags\"\n", "").Replace(after)
				}
				if after != src {
					plan.Files = append(plan.Files, removal.FileEdit{Name: name, Before: []byte(src), After: []byte(after)})
				}
			}
		}
		return plan, nil
	}
}

// evaluations calls do with the evaluations of a file, last first.
func evaluations(p *removal.Package, f *ast.File, key string, do func(*flagref.Reference)) {
	for i := len(p.Refs.References) - 1; i >= 0; i-- {
		r := p.Refs.References[i]
		if r.Kind == flagref.Evaluation && r.Key == key && f.Pos() <= r.Node.Pos() && r.Node.Pos() < f.End() && r.Shape.Exact && !r.Shape.Func {
			do(r)
		}
	}
}

const toyProgram = `package main

import (
	"example.com/flags"
	"example.com/rt"
)

func main() {
	if rt.B(1, true) && flags.Bool("k", false) {
		// about 2.
		rt.E(2)
	} else {
		rt.E(3)
		helper()
	}
}

func helper() { rt.E(4) }

func unused() { rt.E(5) }
`

// TestOracleCatchesBrokenRemovers: each remover is wrong in one way, and the
// finding says which.
func TestOracleCatchesBrokenRemovers(t *testing.T) {
	t.Parallel()
	to := func(by, key string) Remover {
		return toy(func(_ *removal.Program, p *removal.Package, f *ast.File, edit func(ast.Node, string)) {
			evaluations(p, f, key, func(r *flagref.Reference) { edit(r.Node, by) })
		})
	}
	ifs := func(by string) Remover {
		return toy(func(_ *removal.Program, p *removal.Package, f *ast.File, edit func(ast.Node, string)) {
			ast.Inspect(f, func(n ast.Node) bool {
				if is, ok := n.(*ast.IfStmt); ok {
					edit(is, by)
				}
				return true
			})
		})
	}
	whole := func(old, by string) Remover {
		return func(prog *removal.Program, targets []removal.Target, _ removal.Options) (*removal.Plan, error) {
			name := filepath.Join(Root, "main.go")
			src := prog.Sources[name]
			if !strings.Contains(string(src), old) {
				return &removal.Plan{}, nil
			}
			return &removal.Plan{Files: []removal.FileEdit{{Name: name, Before: src, After: []byte(strings.Replace(string(src), old, by, 1))}}}, nil
		}
	}
	tests := []struct {
		name   string
		remove Remover
		want   string
	}{
		{"keeps the wrong arm", to("false", "k"), Effects},
		{"leaves what is constant", to("true", "k"), Unfolded},
		{"drops an operand's effect", ifs("rt.E(2)"), Effects},
		{"leaves what is dead", ifs("rt.B(1, true)\n\t// about 2.\n\trt.E(2)"), Leftover},
		{"loses a comment", ifs("rt.B(1, true)\n\trt.E(2)"), Comment},
		{"leaves the format", ifs("rt.B(1, true)\n  // about 2.\n  rt.E(2)"), NotGofmt},
		{"does not type-check", ifs("rt.E(undefined)"), NotChecking},
		{"does nothing", whole("\x00", ""), Named},
		{"takes what was unused before", whole("func unused() { rt.E(5) }\n", ""), Overreach},
		{"changes again", whole("rt.E(5)", "rt.E(5); rt.E(5)"), Again},
		{"panics", func(*removal.Program, []removal.Target, removal.Options) (*removal.Plan, error) { panic("oh") }, Panic},
		{"refuses", func(*removal.Program, []removal.Target, removal.Options) (*removal.Plan, error) {
			return nil, fmt.Errorf("no")
		}, Refused},
		{"leaves residue", func(*removal.Program, []removal.Target, removal.Options) (*removal.Plan, error) {
			return &removal.Plan{Residue: []removal.Residue{{Flag: "k", Pos: token.Position{}, Reason: "dynamic-key"}}}, nil
		}, Left},
	}
	s, err := NewSession(t.TempDir(), nil)
	require.NoError(t, err)
	for _, tc := range tests {
		s.Remove = tc.remove
		p := &Program{Key: "k", Value: registry.Bool(true), Files: map[string]string{"main.go": toyProgram}, Served: map[string][]string{"k": {"true"}}}
		r, err := s.Try(t.Context(), p)
		require.NoError(t, err, tc.name)
		assert.True(t, r.Has(tc.want), "%s: want %s, got %v", tc.name, tc.want, r.Findings)
	}
}

// TestReduceKeepsTheFinding: a program on which a remover fails shrinks to a few lines.
func TestReduceKeepsTheFinding(t *testing.T) {
	t.Parallel()
	u, err := NewUniverse()
	require.NoError(t, err)
	s := &Session{Universe: u, Remove: func(prog *removal.Program, _ []removal.Target, _ removal.Options) (*removal.Plan, error) {
		for _, src := range prog.Sources {
			if strings.Contains(string(src), "fallthrough") {
				panic("fallthrough")
			}
		}
		return nil, fmt.Errorf("nothing to do")
	}}
	shrunk := 0
	for seed := uint64(1); shrunk < 2; seed++ {
		r := u.Check(Generate(seed), s.Remove)
		if !r.Has(Panic) {
			continue
		}
		small, err := s.Reduce(t.Context(), r, func(f Finding) bool { return f.Kind == Panic })
		require.NoError(t, err)
		assert.True(t, small.Has(Panic))
		assert.Less(t, lines(small.Program)*2, lines(r.Program), "%s", small.Format(Finding{}))
		shrunk++
	}
}

func lines(p *Program) int {
	n := 0
	for _, text := range p.Files {
		n += strings.Count(text, "\n")
	}
	return n
}
