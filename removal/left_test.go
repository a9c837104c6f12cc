package removal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// TestEvaluationLeft has a flag read where no walk of expressions comes: in the
// length of an array. The engine must not pass over such a place in silence: what
// survives and was not refused is refused in the end.
func TestEvaluationLeft(t *testing.T) {
	t.Parallel()
	const src = `package p

const size = 2

var table [size]int

func Len() int { return len(table) + size }
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "/m/p.go", src, parser.ParseComments)
	require.NoError(t, err)
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
	}
	conf := types.Config{Sizes: types.SizesFor("gc", "amd64")}
	tp, err := conf.Check("example.com/m", fset, []*ast.File{f}, info)
	require.NoError(t, err)
	refs := &flagref.Result{}
	for id := range info.Uses {
		if id.Name == "size" {
			refs.References = append(refs.References, &flagref.Reference{Kind: flagref.Evaluation, Key: "size", Node: id, Type: registry.TypeInt, Shape: flagref.Shape{Error: -1, Found: -1, Exact: true, Callback: -1}})
		}
	}
	require.Len(t, refs.References, 2)
	prog := &removal.Program{
		Fset: fset, Sources: map[string][]byte{"/m/p.go": []byte(src)},
		Modules: []removal.Module{{Path: "example.com/m", Dir: "/m"}},
		Packages: []*removal.Package{{
			ID: "example.com/m", Path: "example.com/m", Name: "p", Module: "example.com/m",
			Files: []*ast.File{f}, Types: tp, Info: info, Refs: refs,
		}},
	}
	plan, err := removal.New(prog, []removal.Target{{Key: "size", Value: registry.Int(2)}}, removal.Options{})
	require.NoError(t, err)
	var reasons []string
	for _, r := range plan.Residue {
		reasons = append(reasons, r.Reason)
		assert.Equal(t, 5, r.Pos.Line)
	}
	assert.Equal(t, []string{"not-followed"}, reasons)
	require.Len(t, plan.Files, 1)
	assert.Contains(t, string(plan.Files[0].After), "return len(table) + 2")
}
