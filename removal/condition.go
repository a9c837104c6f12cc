package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// takeConditions makes x := cond of x := false; if cond { x = true }, where the
// flag's value is the true of it: that is what the condition is for now.
func (e *engine) takeConditions() {
	for n, d := range e.dec {
		if d.op != opLit || d.val == nil || !d.val.flag || d.val.c == nil || d.val.c.Kind() != constant.Bool || !constant.BoolVal(d.val.c) {
			continue
		}
		set, ok := e.x.parent(n).(*ast.AssignStmt)
		if !ok || set.Tok != token.ASSIGN || len(set.Lhs) != 1 || e.decided(set) {
			continue
		}
		cond, ok := e.x.parent(e.x.parent(set)).(*ast.IfStmt)
		if !ok || len(cond.Body.List) != 1 || cond.Init != nil || cond.Else != nil || e.decided(cond) || !e.live(cond) {
			continue
		}
		if def := e.falseBefore(cond, set.Lhs[0]); def != nil {
			e.dec[cond] = &decision{op: opGive}
			e.dec[def] = &decision{op: opTake, keep: cond.Cond}
		}
	}
}

// decided reports whether something happens to a node itself.
func (e *engine) decided(n ast.Node) bool {
	d := e.dec[n]
	return d != nil && (d.op != opNone || len(d.hoist) > 0)
}

// falseBefore returns the false of x := false right before an if that does not ask
// for x, without a comment between.
func (e *engine) falseBefore(s *ast.IfStmt, x ast.Expr) ast.Expr {
	id, ok := x.(*ast.Ident)
	list, _ := e.listOf(s)
	i := slices.Index(list, ast.Stmt(s))
	if !ok || i < 1 {
		return nil
	}
	a, ok := list[i-1].(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || len(a.Rhs) != 1 || e.decided(a) || e.decided(a.Rhs[0]) {
		return nil
	}
	v, ok := e.x.objectAt(id).(*types.Var)
	decl, isIdent := a.Lhs[0].(*ast.Ident)
	val, isFalse := a.Rhs[0].(*ast.Ident)
	if !ok || !isIdent || !isFalse || idOf(v) != decl.Pos() || e.reused[decl] || e.x.objectAt(val) != types.Universe.Lookup("false") {
		return nil
	}
	if t, ok := e.x.typeOf(s.Cond).(*types.Basic); !ok || t.Info()&types.IsBoolean == 0 || v.Type() != types.Typ[types.Bool] {
		return nil
	}
	if slices.ContainsFunc(e.x.usesOf(idOf(v)), func(u *ast.Ident) bool { return s.Cond.Pos() <= u.Pos() && u.Pos() < s.Cond.End() }) {
		return nil
	}
	for _, g := range e.x.fileAt(s.Pos()).ast.Comments {
		if a.End() <= g.Pos() && g.Pos() < s.End() {
			return nil
		}
	}
	return val
}
