package removal

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// learnClosures finds parameters of closures that hold one value now: of those that are
// called where they stand, go func(on bool) { … }(flag), and of those that a local
// variable holds which is called and nothing else. The value is known in the closure
// then, and parameter and arguments go; so does a parameter of which the removal took the last
// read. It reports whether there are new ones.
func (e *engine) learnClosures() bool {
	if e.keepCallbacks {
		return false
	}
	calls := map[*ast.FuncLit][]*ast.CallExpr{}
	var lits []*ast.FuncLit
	for call := range e.args {
		lit := e.calledClosure(call)
		if lit == nil || !e.live(call) || e.x.fileAt(lit.Pos()).test || variadicType(lit.Type) {
			continue
		}
		if calls[lit] == nil {
			lits = append(lits, lit)
		}
		calls[lit] = append(calls[lit], call)
	}
	slices.SortFunc(lits, func(a, b *ast.FuncLit) int { return int(a.Pos() - b.Pos()) })
	changed := false
	for _, lit := range lits {
		if !e.allCalls(lit, calls[lit]) {
			continue
		}
		for k := range lit.Type.Params.NumFields() {
			if !e.closures[lit][k] && e.learnClosure(lit, k, calls[lit]) {
				changed = true
			}
		}
	}
	return changed
}

// calledClosure is the closure that a call calls: the one that stands there, or what a
// local variable was given where it is declared, if it is given nothing else and only
// called. Nil: any other function.
func (e *engine) calledClosure(call *ast.CallExpr) *ast.FuncLit {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.FuncLit:
		return f
	case *ast.Ident:
		v, ok := e.x.objectAt(f).(*types.Var)
		if !ok || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
			return nil
		}
		return e.heldClosure(idOf(v))
	}
	return nil
}

// heldClosure is the closure that a local variable is declared with.
func (e *engine) heldClosure(oid objID) *ast.FuncLit {
	id := e.identAt(oid)
	if id == nil {
		return nil
	}
	lhs, rhs := assignParts(e.x.parent(id))
	at := slices.IndexFunc(lhs, func(l ast.Expr) bool { return l == ast.Expr(id) })
	if at < 0 || len(rhs) != len(lhs) {
		return nil
	}
	lit, ok := ast.Unparen(rhs[at]).(*ast.FuncLit)
	if !ok {
		return nil
	}
	for _, u := range e.x.usesOf(oid) {
		if !e.live(u) || u == id {
			continue
		}
		if c, ok := e.x.parent(u).(*ast.CallExpr); !ok || c.Fun != ast.Expr(u) || e.tupleLen(c.Args) > 1 {
			return nil
		}
	}
	return lit
}

// allCalls reports whether these are all live calls of a closure.
func (e *engine) allCalls(lit *ast.FuncLit, calls []*ast.CallExpr) bool {
	child, parent := e.x.place(lit)
	if c, ok := parent.(*ast.CallExpr); ok && c.Fun == child {
		return len(calls) == 1
	}
	id, ok := ast.Unparen(calls[0].Fun).(*ast.Ident)
	if !ok {
		return false
	}
	for _, u := range e.x.usesOf(idOf(e.x.objectAt(id))) {
		c, ok := e.x.parent(u).(*ast.CallExpr)
		if ok && e.live(u) && !slices.Contains(calls, c) {
			return false
		}
	}
	return true
}

// learnClosure decides the k-th parameter of a closure.
func (e *engine) learnClosure(lit *ast.FuncLit, k int, calls []*ast.CallExpr) bool {
	var v *value
	same := true
	for _, c := range calls {
		vals := e.args[c]
		if k >= len(vals) || !e.idle(c.Args[k]) || vals[k] != nil && len(vals[k].effects) > 0 || e.boxedArg(c, k, vals[k]) {
			return false
		}
		switch {
		case vals[k] == nil:
			same = false
		case v == nil:
			v = vals[k]
		case same:
			v = merge(v, vals[k])
			same = v != nil
		}
	}
	id := paramName(lit.Type, k)
	if id == nil || id.Name == "_" {
		return same && v.decided() && droppable(v) && e.setClosure(lit, k, calls)
	}
	reads, live := 0, 0
	for _, u := range e.x.usesOf(id.Pos()) {
		if !e.x.isRead(u) || e.addressTaken(u) {
			return false
		}
		reads++
		if e.live(u) {
			live++
		}
	}
	if reads > 0 && live == 0 && !isContext(e.x.objs[id.Pos()].Type()) {
		return e.setClosure(lit, k, calls)
	}
	if !same || !v.decided() || v.fn != nil || e.objConst[id.Pos()] != nil || isInterface(e.x.objs[id.Pos()].Type()) && !v.isNil {
		return false
	}
	e.objConst[id.Pos()] = v.lasting()
	if droppable(v) {
		e.setClosure(lit, k, calls)
	} // others stay where they are read as data, and go once nothing reads them
	return true
}

// droppable reports whether a parameter that always has the value goes with it.
func droppable(v *value) bool { return v.isNil || v.c.Kind() == constant.Bool }

// setClosure takes the k-th parameter from a closure and its calls.
func (e *engine) setClosure(lit *ast.FuncLit, k int, calls []*ast.CallExpr) bool {
	if e.closures[lit] == nil {
		e.closures[lit] = map[int]bool{}
	}
	e.closures[lit][k] = true
	for _, c := range calls {
		e.closureOf[c] = lit
	}
	e.reach(lit)
	return true
}

// closureGoes reports whether a call of a closure loses its k-th argument.
func (e *engine) closureGoes(c *ast.CallExpr, k int) bool { return e.closures[e.closureOf[c]][k] }

// dropClosures decides the types and calls of closures that lose parameters.
func (e *engine) dropClosures() {
	for lit, gone := range e.closures {
		e.dropFrom(lit.Type.Params, gone)
	}
	for c, lit := range e.closureOf {
		e.dropArgs(c, e.closures[lit])
	}
}

// onceValue is what sync.OnceValue makes of a function that returns a constant: one that
// returns the same.
func (w *walker) onceValue(fn *types.Func, args []*value, x *ast.CallExpr) *value {
	if fn == nil || fn.FullName() != "sync.OnceValue" || len(args) != 1 || !args[0].decided() || args[0].fn == nil {
		return nil
	}
	sig, ok := under(w.e.x.typeOf(x)).(*types.Signature)
	if !ok {
		return nil
	}
	return &value{c: args[0].c, fn: sig, flag: true, key: args[0].key}
}
