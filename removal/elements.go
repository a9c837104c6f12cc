package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// moreElements moves what x = append(x, …) adds into the literal of x := []T{…} right before
// it, and reports whether it could: where there is an element to stand behind, nothing that is
// added mentions x, and what has an effect comes to stand behind nothing that it may change.
func (e *engine) moreElements(before ast.Stmt, a *ast.AssignStmt) bool {
	b, ok := before.(*ast.AssignStmt)
	if !ok || b.Tok != token.DEFINE || len(b.Lhs) != 1 || len(b.Rhs) != 1 || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || !e.sameAsLeft(b.Lhs[0], a.Lhs[0]) {
		return false
	}
	lit, ok := b.Rhs[0].(*ast.CompositeLit)
	call, isCall := a.Rhs[0].(*ast.CallExpr)
	if !ok || !isCall || e.dec[lit] != nil || e.dec[call] != nil || len(lit.Elts) == 0 || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return false
	}
	if _, isSlice := under(e.x.typeOf(lit)).(*types.Slice); !isSlice || !types.Identical(e.x.typeOf(lit), e.x.typeOf(call)) {
		return false
	}
	if e.builtinCall(call) != "append" || !e.sameAsLeft(a.Lhs[0], call.Args[0]) {
		return false
	}
	x := e.x.objectAt(b.Lhs[0].(*ast.Ident))
	settled := e.unchanging(b, lit.Elts)
	for i, arg := range call.Args[1:] {
		if e.dec[arg] != nil || e.mentions(arg, x) || !e.idle(arg) && !(settled && e.unchanging(b, call.Args[1:i+1]) && len(e.effectsOf(arg)) > 0) {
			return false
		}
	}
	last := lit.Elts[len(lit.Elts)-1]
	line := e.x.fileAt(lit.Pos()).tok.Line
	for _, g := range e.x.fileAt(lit.Pos()).ast.Comments {
		if lit.Pos() < g.Pos() && line(g.Pos()) == line(last.End()) {
			return false // it would come to stand behind another element
		}
	}
	d := e.dec[last]
	if _, keyed := last.(*ast.KeyValueExpr); keyed || d != nil && (d.op != opNone || len(d.hoist) > 0) {
		return false
	}
	if d == nil {
		d = &decision{op: opNone}
		e.dec[last] = d
	}
	d.more = append(d.more, call.Args[1:]...)
	e.dropArgs(call, map[int]bool{0: true})
	e.dec[a] = &decision{op: opGive}
	return true
}

// unchanging reports whether no call that comes behind the elements of a list can change what
// they are: constants, functions, what other calls give, and local variables that nothing
// else holds.
func (e *engine) unchanging(s ast.Stmt, list []ast.Expr) bool {
	fi := e.funcs[e.topDecl(s)]
	return !slices.ContainsFunc(list, func(x ast.Expr) bool {
		for {
			u, ok := ast.Unparen(x).(*ast.UnaryExpr)
			if !ok || u.Op == token.ARROW {
				break
			}
			x = u.X
		}
		switch x := ast.Unparen(x).(type) {
		case *ast.BasicLit, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			return e.isConversion(x) || e.builtinCall(x) != ""
		case *ast.CompositeLit:
			return !e.unchanging(s, x.Elts)
		case *ast.KeyValueExpr:
			return !e.unchanging(s, []ast.Expr{x.Value})
		case *ast.SelectorExpr:
			return e.isVariable(x.Sel)
		case *ast.Ident:
			v, isVar := e.x.objectAt(x).(*types.Var)
			return isVar && (fi == nil || v.Parent() == nil || v.Parent() == v.Pkg().Scope() || fi.shared[idOf(v)]) || e.x.objectAt(x) == nil
		}
		return true
	})
}

// isVariable reports whether an identifier names a variable or a field, as far as is known.
func (e *engine) isVariable(id *ast.Ident) bool {
	switch e.x.objectAt(id).(type) {
	case *types.Func, *types.Const, *types.TypeName, *types.Nil:
		return false
	}
	return true
}

// moreElements puts elements behind the last one of a literal, on lines of their own where
// its brace has one.
func (m *emitter) moreElements(last ast.Node, more []ast.Expr, out *[]edit) {
	sep := ", "
	if lit := m.e.x.parent(last).(*ast.CompositeLit); m.f.tok.Line(lit.Rbrace) > m.f.tok.Line(last.End()) {
		sep = ",\n"
	}
	text := ""
	for _, x := range more {
		text += sep + m.element(last, x)
	}
	at := m.off(last.End())
	*out = append(*out, edit{start: at, end: at, text: text})
}

// element is the text of an expression as an element behind another one: without its
// type where that one, a literal too, has none.
func (m *emitter) element(last ast.Node, x ast.Expr) string {
	text := m.text(x)
	before, ok := last.(*ast.CompositeLit)
	lit, isLit := x.(*ast.CompositeLit)
	if !ok || !isLit || before.Type != nil || lit.Type == nil || !types.Identical(m.e.x.typeOf(before), m.e.x.typeOf(lit)) {
		return text
	}
	return strings.TrimPrefix(text, m.text(lit.Type))
}
