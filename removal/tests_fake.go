package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// filling is how a function puts keys that it is given into a map from key to state.
type filling struct {
	key      int // the parameter that is the key, or the list of keys
	variadic bool
	value    int // the parameter that is the state, -1 where that is the constant c
	c        constant.Value
}

// fills is how a function of the program puts keys into a map: m[key] = on, or in a loop over its last
// parameters. Nil where it does not.
func (e *engine) fills(fn *types.Func) *filling {
	if fn == nil {
		return nil
	}
	decl, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
	if !ok || decl.Body == nil {
		return nil
	}
	params := fn.Signature().Params()
	param := func(x ast.Expr) int {
		id, ok := ast.Unparen(x).(*ast.Ident)
		if !ok {
			return -1
		}
		o := e.x.objectAt(id)
		for i := range params.Len() {
			if o != nil && idOf(o) == idOf(params.At(i)) {
				return i
			}
		}
		return -1
	}
	var found *filling
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			return found == nil
		}
		ix, ok := ast.Unparen(a.Lhs[0]).(*ast.IndexExpr)
		if !ok {
			return true
		}
		if _, isMap := under(e.x.typeOf(ix.X)).(*types.Map); !isMap {
			return true
		}
		f := &filling{key: param(ix.Index), value: param(a.Rhs[0]), c: e.constantOf(a.Rhs[0])}
		if loop, ok := enclosing[*ast.RangeStmt](e.x, a); ok && f.key < 0 && fn.Signature().Variadic() {
			over := param(loop.X)
			v, isIdent := loop.Value.(*ast.Ident)
			id, isKey := ast.Unparen(ix.Index).(*ast.Ident)
			if isIdent && isKey && over == params.Len()-1 && e.x.objectAt(v) != nil && e.x.objectAt(v) == e.x.objectAt(id) {
				f.key, f.variadic = over, true
			}
		}
		if f.key >= 0 && f.key != f.value && (f.c != nil || f.value >= 0) {
			found = f
		}
		return found == nil
	})
	return found
}

// fakeCall is the site of a key that a test gives to what fills a fake: as one of the last
// arguments, or with the state beside it in a statement of its own.
func (p *testPlan) fakeCall(ref *flagref.Reference, call *ast.CallExpr, x ast.Expr) *site {
	e := p.e
	fn := e.x.callee(call)
	f := e.fills(fn)
	i := slices.Index(call.Args, x)
	if f == nil || i < f.key || !f.variadic && i != f.key || call.Ellipsis.IsValid() {
		return nil
	}
	s := &site{ref: ref, key: ref.Key, node: x, c: f.c}
	if f.value >= 0 {
		if f.value >= len(call.Args) {
			return nil
		}
		s.value, s.c = call.Args[f.value], e.constantOf(call.Args[f.value])
	}
	if !p.setsState(s) {
		return nil
	}
	if f.variadic {
		return s
	}
	if _, isStmt := e.x.parent(call).(*ast.ExprStmt); !isStmt || fn.Signature().Results().Len() > 0 {
		return nil // the call gives what others need
	}
	s.node, s.stmt = call, e.x.parent(call)
	return s
}

// fakeList is the site of a key in a list that a test spreads into what fills a fake: a row's, or
// the argument itself.
func (p *testPlan) fakeList(ref *flagref.Reference, lit *ast.CompositeLit, x ast.Expr) *site {
	e := p.e
	spread := func(x ast.Node) *filling {
		call, ok := e.x.parent(x).(*ast.CallExpr)
		if !ok || !call.Ellipsis.IsValid() || ast.Node(call.Args[len(call.Args)-1]) != x {
			return nil
		}
		if f := e.fills(e.x.callee(call)); f != nil && f.variadic && f.c != nil {
			return f
		}
		return nil
	}
	f := spread(lit)
	v := p.columnGiven(lit)
	if f == nil && v != nil {
		for _, id := range e.x.usesOf(idOf(v)) {
			if sel, ok := e.x.parent(id).(*ast.SelectorExpr); ok && e.x.isRead(id) {
				if f = spread(sel); f == nil {
					return nil // the list is read otherwise
				}
			}
		}
	}
	if f == nil {
		return nil
	}
	s := &site{ref: ref, key: ref.Key, node: x, c: f.c, column: v}
	if !p.setsState(s) {
		return nil
	}
	return s
}

// setsState reports whether what a site sets is a value of its flag's type.
func (p *testPlan) setsState(s *site) bool {
	if s.c != nil {
		return p.stateOf(s.key, s.c) != stateUnknown
	}
	b, ok := under(p.e.x.typeOf(s.value)).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0 == (p.e.targets[s.key].Type() == registry.TypeBool)
}
