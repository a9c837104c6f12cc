package removal

import (
	"go/ast"
	"go/types"
	"slices"
)

// learnCallbacks finds parameters of callbacks that hold one value now: a function
// calls its parameter f with the flag's value each time, and every caller gives a
// closure for f, or nil. The closures know the value then, and the argument goes. It
// reports whether there are new ones.
func (e *engine) learnCallbacks() bool {
	changed := false
	if e.keepCallbacks {
		return false
	}
	for _, p := range e.callbackCandidates() {
		fd, ok := e.topDecl(e.identAt(p)).(*ast.FuncDecl)
		if !ok || e.dead[fd.Name.Pos()] || e.pinned[fd.Name.Pos()] {
			continue
		}
		i, typ := callbackParam(fd, p)
		if typ == nil || typ.Params == nil {
			continue
		}
		calls, handed, ok := e.staticCalls(fd)
		if !ok || handed || len(calls) == 0 {
			continue
		}
		closures, ok := e.closuresGiven(calls, i)
		if !ok {
			continue
		}
		inner, ok := e.callbackCalls(p)
		if !ok || len(inner) == 0 {
			continue
		}
		for k := range typ.Params.NumFields() {
			if !e.callbacks[p][k] && e.learnCallback(p, k, inner, closures) {
				e.reach(fd)
				e.reachUses(fd.Name.Pos())
				changed = true
			}
		}
	}
	return changed
}

// callbackCandidates are the parameters that are called with a value of the flag.
func (e *engine) callbackCandidates() []objID {
	var out []objID
	for call, vals := range e.args {
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		if !ok || !slices.ContainsFunc(vals, (*value).decided) {
			continue
		}
		if v, ok := e.x.objectAt(id).(*types.Var); ok && e.identAt(idOf(v)) != nil {
			out = append(out, idOf(v))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// callbackParam returns the place of a parameter in its function, and its type where
// that is spelled out and no variadic one; nil where p is no parameter of fd.
func callbackParam(fd *ast.FuncDecl, p objID) (int, *ast.FuncType) {
	i := -1
	for _, f := range fd.Type.Params.List {
		for _, id := range f.Names {
			if i++; id.Pos() == p {
				t, ok := f.Type.(*ast.FuncType)
				if !ok || len(f.Names) > 1 || variadicType(t) {
					return 0, nil
				}
				return i, t
			}
		}
	}
	return 0, nil
}

func variadicType(t *ast.FuncType) bool {
	l := t.Params.List
	if len(l) == 0 {
		return false
	}
	_, ok := l[len(l)-1].Type.(*ast.Ellipsis)
	return ok
}

// closuresGiven returns the closures that calls give as their i-th argument; it
// refuses where one gives anything else but nil.
func (e *engine) closuresGiven(calls []*ast.CallExpr, i int) ([]*ast.FuncLit, bool) {
	var out []*ast.FuncLit
	for _, c := range calls {
		if i >= len(c.Args) {
			return nil, false
		}
		switch a := ast.Unparen(c.Args[i]).(type) {
		case *ast.FuncLit:
			out = append(out, a)
		default:
			if info := e.x.infoFor(a); info == nil || !info.Types[a].IsNil() {
				return nil, false
			}
		}
	}
	return out, true
}

// callbackCalls returns the live calls of a parameter; it refuses where the
// parameter is used for anything else but a comparison with nil.
func (e *engine) callbackCalls(p objID) ([]*ast.CallExpr, bool) {
	var out []*ast.CallExpr
	for _, id := range e.x.usesOf(p) {
		if !e.live(id) {
			continue
		}
		switch q := e.x.parent(id).(type) {
		case *ast.CallExpr:
			if q.Fun != ast.Expr(id) || e.tupleLen(q.Args) > 1 {
				return nil, false
			}
			out = append(out, q)
		case *ast.BinaryExpr:
			other := q.X
			if other == ast.Expr(id) {
				other = q.Y
			}
			if info := e.x.infoFor(other); !info.Types[other].IsNil() {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	return out, true
}

// learnCallback decides the k-th parameter of a callback.
func (e *engine) learnCallback(p objID, k int, inner []*ast.CallExpr, closures []*ast.FuncLit) bool {
	var v *value
	for _, c := range inner {
		vals := e.args[c]
		if k >= len(vals) || !e.idle(c.Args[k]) || vals[k] == nil || len(vals[k].effects) > 0 || e.boxedArg(c, k, vals[k]) {
			return false
		}
		if v == nil {
			v = vals[k]
		} else if v = merge(v, vals[k]); v == nil {
			return false
		}
	}
	if !v.decided() || !droppable(v) {
		return false
	}
	var names []*ast.Ident
	for _, lit := range closures {
		id := paramName(lit.Type, k)
		if id == nil || id.Name == "_" {
			continue
		}
		if isInterface(e.x.objs[id.Pos()].Type()) && !v.isNil {
			return false
		}
		for _, u := range e.x.usesOf(id.Pos()) {
			if !e.x.isRead(u) || e.addressTaken(u) {
				return false
			}
		}
		names = append(names, id)
	}
	for _, id := range names {
		e.objConst[id.Pos()] = v.lasting()
	}
	if e.callbacks[p] == nil {
		e.callbacks[p] = map[int]bool{}
	}
	e.callbacks[p][k] = true
	return true
}

// paramName is the name of a parameter, nil where it has none.
func paramName(t *ast.FuncType, k int) *ast.Ident {
	for _, f := range t.Params.List {
		switch n := len(f.Names); {
		case k < n:
			return f.Names[k]
		case n == 0 && k == 0:
			return nil
		default:
			k -= max(1, n)
		}
	}
	return nil
}

// callbackGoes reports whether a call of a callback loses its k-th argument.
func (e *engine) callbackGoes(c *ast.CallExpr, k int) bool {
	if len(e.callbacks) == 0 {
		return false
	}
	id, ok := ast.Unparen(c.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	obj := e.x.objectAt(id)
	return obj != nil && e.callbacks[idOf(obj)][k]
}

// dropCallbacks decides the types and calls of callbacks that lose parameters, and
// the closures that are given for them.
func (e *engine) dropCallbacks() {
	for p, gone := range e.callbacks {
		fd := e.topDecl(e.identAt(p)).(*ast.FuncDecl)
		i, typ := callbackParam(fd, p)
		e.dropFrom(typ.Params, gone)
		for _, id := range e.x.usesOf(fd.Name.Pos()) {
			if c := e.callOf(id); c != nil && i < len(c.Args) {
				if lit, ok := ast.Unparen(c.Args[i]).(*ast.FuncLit); ok {
					e.dropFrom(lit.Type.Params, gone)
				}
			}
		}
		for _, id := range e.x.usesOf(p) {
			if c, ok := e.x.parent(id).(*ast.CallExpr); ok && c.Fun == ast.Expr(id) {
				e.dropArgs(c, gone)
			}
		}
	}
}

// dropFrom decides which of its parameters, or results, a function type loses.
func (e *engine) dropFrom(list *ast.FieldList, gone map[int]bool) {
	k := -1
	for _, f := range list.List {
		drop := make([]bool, max(1, len(f.Names)))
		n := 0
		for j := range drop {
			if k++; gone[k] {
				drop[j] = true
				n++
			}
		}
		switch n {
		case 0:
		case len(drop):
			e.dec[f] = &decision{op: opDrop}
		default:
			e.dec[f] = &decision{op: opFields, drop: drop}
		}
	}
}
