package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// lookup is the element that a literal has for an index which the flag decides, as in
// map[bool]string{true: a, false: b}[on]: it takes the place of the whole, where nothing else in the
// literal has an effect. A package variable that is never changed has the constants of its
// literal. It reports whether the expression is one of these.
func (w *walker) lookup(x *ast.IndexExpr) (*value, bool) {
	index := w.expr(x.Index)
	if !index.decided() || index.c == nil || index.dyn != nil || len(index.effects) > 0 {
		return nil, false
	}
	if lit, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok {
		el, ok := w.elementAt(lit, index)
		if !ok {
			return nil, false
		}
		c := w.constantElement(x, el, index)
		if el != nil && c == nil && !w.standsFor(x, el) {
			return nil, false
		}
		for _, other := range lit.Elts {
			if kv, ok := other.(*ast.KeyValueExpr); ok {
				other = kv.Value
			}
			if other != el && !w.e.idle(other) {
				return nil, false
			}
		}
		if el == nil {
			return w.zeroElement(lit, index)
		}
		if c != nil {
			return c, true
		}
		w.e.dec[x] = &decision{op: opKeep, keep: el}
		for _, other := range lit.Elts {
			if kv, ok := other.(*ast.KeyValueExpr); ok && kv.Value == el {
				other = kv.Key
			}
			if other != el {
				w.e.dec[other] = &decision{op: opDrop}
			}
		}
		v := w.expr(el)
		w.useVal(el, v)
		return v, true
	}
	lit := w.fixedLiteral(x.X)
	if lit == nil {
		return nil, false
	}
	el, ok := w.elementAt(lit, index)
	if !ok {
		return nil, false
	}
	if el == nil {
		return w.zeroElement(lit, index)
	}
	c := w.constantElement(x, el, index)
	return c, c != nil
}

// constantElement is the value of an element that is a constant, of a type that is no interface;
// nil for any other.
func (w *walker) constantElement(x *ast.IndexExpr, el ast.Expr, index *value) *value {
	if el == nil || isInterface(w.e.x.typeOf(x)) {
		return nil
	}
	v := w.plain(el)
	if v == nil || v.c == nil {
		return nil
	}
	return &value{c: v.c, flag: true, key: index.key}
}

// elementAt is the element of a literal at an index: nil where it has none there; false where
// that is not known.
func (w *walker) elementAt(lit *ast.CompositeLit, index *value) (ast.Expr, bool) {
	_, isMap := under(w.e.x.typeOf(lit)).(*types.Map)
	for i, el := range lit.Elts {
		kv, keyed := el.(*ast.KeyValueExpr)
		if keyed != isMap {
			return nil, false
		}
		if !keyed {
			if index.c.Kind() != constant.Int {
				return nil, false
			}
			if n, exact := constant.Int64Val(index.c); exact && n == int64(i) {
				return el, true
			}
			continue
		}
		k := w.plain(kv.Key)
		if k == nil || k.c == nil {
			return nil, false
		}
		if sameValue(k, index) {
			return kv.Value, true
		}
	}
	return nil, isMap
}

// zeroElement is what a map gives for a key that it does not have.
func (w *walker) zeroElement(lit *ast.CompositeLit, index *value) (*value, bool) {
	m := under(w.e.x.typeOf(lit)).(*types.Map)
	z := zeroValue(m.Elem())
	if z == nil || isInterface(m.Elem()) {
		return nil, false
	}
	z.flag, z.key = true, index.key
	return z, true
}

// standsFor reports whether an element can take the place of the expression that gives
// it: it has its type there.
func (w *walker) standsFor(x, el ast.Expr) bool {
	if lit, ok := el.(*ast.CompositeLit); ok && lit.Type == nil {
		return false
	}
	t := w.e.x.typeOf(x)
	if call, ok := w.e.x.parent(x).(*ast.CallExpr); ok && call.Fun == x {
		_, isLit := el.(*ast.FuncLit)
		return !isLit
	}
	if kind := w.e.untypedKind(el); kind != types.Invalid {
		return kind != types.UntypedNil && types.Identical(t, types.Default(types.Typ[kind]))
	}
	return types.Identical(t, w.e.x.typeOf(el))
}

// fixedLiteral is the literal of a package variable of this package that nothing changes and nothing
// holds: it is only looked into.
func (w *walker) fixedLiteral(x ast.Expr) *ast.CompositeLit {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := w.e.x.objectAt(id).(*types.Var)
	if !ok || v.IsField() || v.Exported() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return nil
	}
	spec, ok := w.e.x.decl(idOf(v)).(*ast.ValueSpec)
	if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 {
		return nil
	}
	lit, ok := spec.Values[0].(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, u := range w.e.x.usesOf(idOf(v)) {
		switch p := w.e.x.parent(u).(type) {
		case *ast.IndexExpr:
			if p.X != ast.Expr(u) || w.e.isTarget(p) {
				return nil
			}
		case *ast.RangeStmt:
			if p.X != ast.Expr(u) {
				return nil
			}
		case *ast.CallExpr:
			if w.e.builtinCall(p) != "len" {
				return nil
			}
		default:
			return nil
		}
	}
	return lit
}

// isTarget reports whether an element is assigned to, or has its address taken.
func (e *engine) isTarget(x *ast.IndexExpr) bool {
	var child ast.Expr = x
	for {
		switch p := e.x.parent(child).(type) {
		case *ast.AssignStmt:
			for _, l := range p.Lhs {
				if l == child {
					return true
				}
			}
			return false
		case *ast.IncDecStmt:
			return true
		case *ast.UnaryExpr:
			return p.Op == token.AND
		case *ast.SelectorExpr:
			child = p
		case *ast.ParenExpr:
			child = p
		case *ast.IndexExpr:
			if p.X != child {
				return false
			}
			child = p
		case *ast.SliceExpr:
			return true
		default:
			return false
		}
	}
}
