package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// settleStores finds the assignments to fields that run in any case now, and right before
// which the field got another value: that one is dead, as a local variable's is. An
// assignment before it goes; into the literal that makes the struct the new value moves. So
// does what is appended to a list right behind its literal.
func (e *engine) settleStores() {
	var spliced []ast.Stmt
	for n, d := range e.dec {
		if s, ok := n.(ast.Stmt); ok && d.op == opSplice && d.init == nil && len(d.hoist) == 0 && d.chain == nil && !e.x.fileAt(s.Pos()).test {
			spliced = append(spliced, s)
		}
	}
	slices.SortFunc(spliced, func(a, b ast.Stmt) int { return int(a.Pos() - b.Pos()) })
	for _, s := range spliced {
		if !e.live(s) {
			continue
		}
		before := e.beforeInList(s)
		for _, st := range e.dec[s].body {
			a, ok := st.(*ast.AssignStmt)
			if !ok || !e.live(a) || e.decided(a) {
				break
			}
			if e.moreElements(before, a) {
				continue
			}
			if !e.fieldStore(a) {
				break
			}
			if b, ok := before.(*ast.AssignStmt); ok {
				if e.overwritten(b, a) {
					e.dec[b] = &decision{op: opDrop}
				} else if el := e.literalValue(b, a); el != nil {
					e.dec[el.Value] = &decision{op: opTake, keep: a.Rhs[0]}
					e.dec[a] = &decision{op: opGive}
					e.written[el] = e.written[a]
					continue // the literal still stands before the next one
				}
			}
			before = a
		}
	}
}

// beforeInList is the statement right before s in its list that stays, nil where there is
// none or a comment stands between.
func (e *engine) beforeInList(s ast.Stmt) ast.Stmt {
	list, _ := e.listOf(s)
	for i := slices.Index(list, s) - 1; i >= 0; i-- {
		if e.gone(list[i]) {
			continue
		}
		if e.decided(list[i]) {
			return nil
		}
		for _, g := range e.x.fileAt(s.Pos()).ast.Comments {
			if list[i].End() <= g.Pos() && g.Pos() < s.End() {
				return nil
			}
		}
		return list[i]
	}
	return nil
}

// fieldStore reports whether an assignment gives a field of a variable, x.f or x.f.g, a
// value that has no effect, cannot panic and does not mention x.
func (e *engine) fieldStore(a *ast.AssignStmt) bool {
	if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || e.dec[a.Rhs[0]] != nil || e.written[a].decided() || !e.idle(a.Rhs[0]) {
		return false
	}
	x := e.fieldRoot(a.Lhs[0])
	if x == nil {
		return false
	}
	ok := true
	ast.Inspect(a.Rhs[0], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if o := e.x.objectAt(n); o == nil || idOf(o) == idOf(x) {
				ok = false
			}
		case *ast.StarExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.TypeAssertExpr:
			ok = false
		}
		return ok
	})
	return ok
}

// readsField reports whether an expression may see what a field holds that lhs names: a
// function may look at the struct by another name.
func (e *engine) readsField(x, lhs ast.Expr) bool {
	var fields []objID
	for sel, ok := lhs.(*ast.SelectorExpr); ok; sel, ok = sel.X.(*ast.SelectorExpr) {
		fields = append(fields, idOf(e.x.objectAt(sel.Sel)))
	}
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // it runs later
		case *ast.CallExpr:
			found = found || !e.isConversion(n)
		case *ast.SelectorExpr:
			found = found || slices.Contains(fields, idOf(e.x.objectAt(n.Sel)))
		}
		return !found
	})
	return found
}

// fieldRoot is the variable x of x.f.g, where all of it are fields; nil elsewhere.
func (e *engine) fieldRoot(lhs ast.Expr) types.Object {
	sel, ok := lhs.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if v, ok := e.x.objectAt(sel.Sel).(*types.Var); !ok || !v.IsField() {
		return nil
	}
	switch x := sel.X.(type) {
	case *ast.Ident:
		if v, ok := e.x.objectAt(x).(*types.Var); ok {
			return v
		}
	case *ast.SelectorExpr:
		return e.fieldRoot(x)
	}
	return nil
}

// overwritten reports whether what an assignment gives a field is never read, since the next
// statement gives the same field another value.
func (e *engine) overwritten(b, a *ast.AssignStmt) bool {
	return b.Tok == token.ASSIGN && len(b.Lhs) == 1 && len(b.Rhs) == 1 && e.sameAsLeft(b.Lhs[0], a.Lhs[0]) &&
		e.idle(b.Rhs[0]) && !e.readsField(a.Rhs[0], a.Lhs[0])
}

// literalValue is the element of x := T{f: old}, or of &T{…}, that x.f = … takes the place
// of; nil where there is none, or old has an effect.
func (e *engine) literalValue(b, a *ast.AssignStmt) *ast.KeyValueExpr {
	if b.Tok != token.DEFINE || len(b.Lhs) != 1 || len(b.Rhs) != 1 {
		return nil
	}
	x := ast.Unparen(b.Rhs[0])
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = ast.Unparen(u.X)
	}
	lit, ok := x.(*ast.CompositeLit)
	sel := a.Lhs[0].(*ast.SelectorExpr)
	if !ok || e.dec[lit] != nil || !e.sameAsLeft(b.Lhs[0], sel.X) {
		return nil
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		key, ok := kv.Key.(*ast.Ident)
		if ok && e.dec[kv] == nil && e.dec[kv.Value] == nil && e.sameAsLeft(key, sel.Sel) && e.idle(kv.Value) {
			return kv
		}
	}
	return nil
}
