package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"strings"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// finder finds the references of one package.
type finder struct {
	pass  *analysis.Pass
	cfg   Config
	table *table
	res   *Result
}

func newFinder(pass *analysis.Pass, cfg Config, t *table) *finder {
	return &finder{pass: pass, cfg: cfg, table: t, res: &Result{Values: map[ast.Expr]FlagValue{}}}
}

func (f *finder) run() *Result {
	root := f.pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cur := range root.Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn, ok := typeutil.Callee(f.pass.TypesInfo, call).(*types.Func)
		if !ok {
			continue
		}
		r, ok := f.table.functions[fn.Origin().FullName()]
		if !ok || r.fn.Key.Index >= len(call.Args) || r.fn.Key.Index < 0 {
			continue
		}
		f.evaluation(cur, call, fn, r)
	}
	return f.res
}

func (f *finder) evaluation(cur inspector.Cursor, call *ast.CallExpr, fn *types.Func, r row) {
	ref := &Reference{
		Kind: Evaluation, Node: call, Provider: r.spec.Name,
		Shape: Shape{Result: r.fn.Value, Error: -1, Callback: -1, Exact: true, Negated: r.fn.Negated},
	}
	if r.fn.Error != nil {
		ref.Shape.Error = *r.fn.Error
	}
	key := ast.Unparen(call.Args[r.fn.Key.Index])
	ref.KeyNode = key
	if tv := f.pass.TypesInfo.Types[key]; tv.Value != nil && tv.Value.Kind() == constant.String {
		ref.Key = constant.StringVal(tv.Value)
	} else {
		ref.Dynamic = "the key is not constant"
	}
	if !f.admits(r.spec, ref.Key) {
		return
	}
	switch e := key.(type) {
	case *ast.Ident:
		ref.KeyObject = f.pass.TypesInfo.Uses[e]
	case *ast.SelectorExpr:
		ref.KeyObject = f.pass.TypesInfo.Uses[e.Sel]
	}
	if d := r.fn.Default; d != nil && d.Index >= 0 && d.Index < len(call.Args) {
		ref.DefaultNode = call.Args[d.Index]
		ref.Default = f.pass.TypesInfo.Types[ref.DefaultNode].Value
	}
	ref.Type = r.fn.Type
	if results := fn.Signature().Results(); ref.Type == registry.TypeUnknown && ref.Shape.Result < results.Len() {
		ref.Type = flagType(results.At(ref.Shape.Result).Type())
	}
	f.place(cur, ref)
	f.res.References = append(f.res.References, ref)
	if ref.Key != "" {
		f.res.Values[call] = FlagValue{Key: ref.Key, Negated: ref.Shape.Negated, Exact: ref.Shape.Exact}
	}
}

// admits reports whether the spec takes the key: one that has prefixes takes
// only keys that start with one of them or that a registry names.
func (f *finder) admits(s *provider.Spec, key string) bool {
	if len(s.Prefixes) == 0 {
		return true
	}
	for _, p := range s.Prefixes {
		if key != "" && strings.HasPrefix(key, p) {
			return true
		}
	}
	return key != "" && f.cfg.Known(key)
}

// place fills in where the reference stands.
func (f *finder) place(cur inspector.Cursor, ref *Reference) {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.File)(nil)) {
		switch n := c.Node().(type) {
		case *ast.FuncDecl:
			ref.Func = n
			ref.FuncName = funcName(f.pass.Pkg, n)
		case *ast.File:
			ref.Test = isTest(f.pass.Fset, n)
			ref.Generated = ast.IsGenerated(n)
		}
	}
}

func isTest(fset *token.FileSet, file *ast.File) bool {
	return strings.HasSuffix(fset.Position(file.FileStart).Filename, "_test.go")
}

// funcName renders shop.Total, shop.Cart.Total and shop.(*Cart).Total.
func funcName(pkg *types.Package, fn *ast.FuncDecl) string {
	name := fn.Name.Name
	if fn.Recv != nil && len(fn.Recv.List) == 1 {
		t, pointer := fn.Recv.List[0].Type, false
		if s, ok := t.(*ast.StarExpr); ok {
			t, pointer = s.X, true
		}
		switch x := t.(type) {
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		}
		if id, ok := t.(*ast.Ident); ok && pointer {
			name = "(*" + id.Name + ")." + name
		} else if ok {
			name = id.Name + "." + name
		}
	}
	return path.Base(pkg.Path()) + "." + name
}

// flagType is the type of flag whose value has the Go type t.
func flagType(t types.Type) registry.Type {
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok:
		return registry.TypeUnknown
	case b.Info()&types.IsBoolean != 0:
		return registry.TypeBool
	case b.Info()&types.IsString != 0:
		return registry.TypeString
	case b.Info()&types.IsInteger != 0:
		return registry.TypeInt
	case b.Info()&types.IsFloat != 0:
		return registry.TypeFloat
	}
	return registry.TypeUnknown
}
