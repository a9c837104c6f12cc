package removal

import (
	"go/ast"
	"go/types"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// isAtomic reports whether t is an atomic bool, no pointer to one: a field of the type is
// read by Load and written by Store.
func isAtomic(t types.Type) bool {
	if t == nil {
		return false
	}
	_, pointer := types.Unalias(t).(*types.Pointer)
	return !pointer && flagref.IsAtomicBool(t)
}

// atomicField is the selector x.f of the call x.f.Load(), or of the statement x.f.Store(v),
// and whether it stores; nil for every other call.
func (e *engine) atomicField(call *ast.CallExpr) (sel *ast.SelectorExpr, store bool) {
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	switch method.Sel.Name {
	case "Load":
	case "Store":
		if _, stmt := e.x.parent(call).(*ast.ExprStmt); !stmt || len(call.Args) != 1 {
			return nil, false
		}
		store = true
	default:
		return nil, false
	}
	sel, ok = ast.Unparen(method.X).(*ast.SelectorExpr)
	if !ok || !isAtomic(e.x.typeOf(sel)) {
		return nil, false
	}
	return sel, store
}

// atomicCall is the call x.f.Load() or x.f.Store(v) of a field that id names, and whether
// it stores; nil where id stands elsewhere, or a Store is deferred.
func (e *engine) atomicCall(id *ast.Ident) (call *ast.CallExpr, store bool) {
	sel, ok := e.x.parent(id).(*ast.SelectorExpr)
	if !ok || sel.Sel != id {
		return nil, false
	}
	_, method := e.x.place(sel)
	x, ok := method.(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	_, p := e.x.place(x)
	call, ok = p.(*ast.CallExpr)
	if !ok {
		return nil, false
	}
	if of, store := e.atomicField(call); of == sel {
		return call, store
	}
	return nil, false
}

// atomicLoad is what is known of x.f.Load() where every Store gives the field the same.
func (w *walker) atomicLoad(call *ast.CallExpr) *value {
	sel, store := w.e.atomicField(call)
	if sel == nil || store {
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
