package removal

import (
	"go/ast"
	"go/types"
)

// isAtomicBool reports whether t is the atomic bool of the standard library, or that of
// go.uber.org/atomic: a field of the type is read by Load and written by Store.
func isAtomicBool(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Name() != "Bool" {
		return false
	}
	return n.Obj().Pkg().Path() == "sync/atomic" || n.Obj().Pkg().Path() == "go.uber.org/atomic"
}

// atomicCall is the call x.f.Load() or x.f.Store(v) of a field that id names, and whether
// it stores; nil where id stands elsewhere, or a Store is deferred.
func (e *engine) atomicCall(id *ast.Ident) (call *ast.CallExpr, store bool) {
	sel, ok := e.x.parent(id).(*ast.SelectorExpr)
	if !ok || sel.Sel != id || !isAtomicBool(e.x.typeOf(sel)) {
		return nil, false
	}
	x, p := e.x.place(sel)
	method, ok := p.(*ast.SelectorExpr)
	if !ok || method.X != x {
		return nil, false
	}
	fun, p := e.x.place(method)
	call, ok = p.(*ast.CallExpr)
	if !ok || call.Fun != fun {
		return nil, false
	}
	switch method.Sel.Name {
	case "Load":
		return call, false
	case "Store":
		if _, stmt := e.x.parent(call).(*ast.ExprStmt); stmt && len(call.Args) == 1 {
			return call, true
		}
	}
	return nil, false
}

// stores is the call x.f.Store(v) that is a statement, and the selector x.f; nil for
// every other one.
func (e *engine) stores(s ast.Stmt) (*ast.CallExpr, *ast.SelectorExpr) {
	es, ok := s.(*ast.ExprStmt)
	if !ok {
		return nil, nil
	}
	call, ok := es.X.(*ast.CallExpr)
	if !ok {
		return nil, nil
	}
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil, nil
	}
	sel, ok := ast.Unparen(method.X).(*ast.SelectorExpr)
	if !ok {
		return nil, nil
	}
	if of, store := e.atomicCall(sel.Sel); of != call || !store {
		return nil, nil
	}
	return call, sel
}

// atomicLoad is what is known of x.f.Load() where every Store gives the field the same.
func (w *walker) atomicLoad(call *ast.CallExpr) *value {
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Load" {
		return nil
	}
	sel, ok := ast.Unparen(method.X).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if of, store := w.e.atomicCall(sel.Sel); of != call || store {
		return nil
	}
	f := w.e.x.objectAt(sel.Sel)
	if f == nil || w.e.objConst[idOf(f)] == nil {
		return nil
	}
	w.use(sel.X)
	r := *w.e.objConst[idOf(f)]
	r.effects, r.seed = w.e.effectsOf(sel.X), nil
	return &r
}
