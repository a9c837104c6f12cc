package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// choosers are functions of well-known modules that give the second argument where the first is
// true, and the third else.
var choosers = map[string]bool{"github.com/samber/lo.Ternary": true}

// chosen is what a call gives that chooses one of two arguments by the flag, as in
// choose(on, a, b): the argument takes the place of the call, where it has its type there and
// nothing is lost with the other one. False for any other call.
func (w *walker) chosen(x *ast.CallExpr, fn *types.Func) (*value, bool) {
	e := w.e
	// Only then is what the function does looked at: it may be in a package that is not.
	if len(x.Args) != 3 || x.Ellipsis.IsValid() || !slices.ContainsFunc(x.Args, func(a ast.Expr) bool { return w.expr(a).decided() }) {
		return nil, false
	}
	at, ok := e.choice(fn)
	if !ok {
		return nil, false
	}
	switch e.x.parent(x).(type) {
	case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
		return nil, false
	}
	on := w.expr(x.Args[at[0]])
	if !on.decided() || on.c == nil || on.c.Kind() != constant.Bool || on.dyn != nil || len(on.effects) > 0 {
		return nil, false
	}
	keep, other := x.Args[at[1]], x.Args[at[2]]
	if !constant.BoolVal(on.c) {
		keep, other = other, keep
	}
	if !w.standsFor(x, keep) || !e.idle(other) {
		return nil, false
	}
	e.dec[x] = &decision{op: opKeep, keep: keep}
	for _, a := range x.Args {
		if a != keep {
			e.dec[a] = &decision{op: opDrop}
		}
	}
	v := w.expr(keep)
	w.useVal(keep, v)
	return v, true
}

// choice tells which parameters of a function are the condition, what it returns where that
// holds, and what it returns else; false where it does more than that, or less.
func (e *engine) choice(fn *types.Func) (at [3]int, ok bool) {
	if fn == nil || fn.Signature().Recv() != nil {
		return at, false
	}
	if choosers[fn.FullName()] {
		return [3]int{0, 1, 2}, true
	}
	ps := fn.Signature().Params()
	if ps.Len() != 3 || fn.Signature().Variadic() || fn.Signature().Results().Len() != 1 {
		return at, false
	}
	decl, isFunc := e.x.decl(idOf(fn)).(*ast.FuncDecl)
	if !isFunc || decl.Body == nil || len(decl.Body.List) == 0 {
		return at, false
	}
	param := func(x ast.Expr) int {
		id, isIdent := ast.Unparen(x).(*ast.Ident)
		if !isIdent || e.x.objectAt(id) == nil {
			return -1
		}
		o := idOf(e.x.objectAt(id))
		return slices.IndexFunc([]int{0, 1, 2}, func(i int) bool { return idOf(ps.At(i)) == o })
	}
	returned := func(list []ast.Stmt) int {
		if len(list) != 1 {
			return -1
		}
		ret, isReturn := list[0].(*ast.ReturnStmt)
		if !isReturn || len(ret.Results) != 1 {
			return -1
		}
		return param(ret.Results[0])
	}
	test, isIf := decl.Body.List[0].(*ast.IfStmt)
	if !isIf || test.Init != nil {
		return at, false
	}
	rest := decl.Body.List[1:]
	if block, isBlock := test.Else.(*ast.BlockStmt); isBlock && len(rest) == 0 {
		rest = block.List
	} else if test.Else != nil {
		return at, false
	}
	at = [3]int{param(test.Cond), returned(test.Body.List), returned(rest)}
	if not, isNot := ast.Unparen(test.Cond).(*ast.UnaryExpr); isNot && not.Op == token.NOT {
		at = [3]int{param(not.X), at[2], at[1]}
	}
	return at, !slices.Contains(at[:], -1) && at[0] != at[1] && at[1] != at[2] && at[0] != at[2]
}
