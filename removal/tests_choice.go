package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// Tests turn the state of a flag into the name of a variant, or into what their
// provider calls it, in a few ways: a local that a condition overrides, a map from
// bool, a function that returns one of two constants. A source tells them apart
// where the state is all that decides.

// sourceOfChoice finds what decides the value of a local that is a constant first,
// or nothing yet, and another one where a condition holds:
//
//	variant := "off"
//	if on {
//		variant = "on"
//	}
//
// Nothing may read it in between, and nothing else write it.
func (p *testPlan) sourceOfChoice(v *types.Var, decl *ast.Ident, depth int) source {
	e := p.e
	first, declared := p.firstConstant(v, decl)
	if declared == nil {
		return source{}
	}
	var st *ast.IfStmt
	var writes []*ast.Ident
	for _, id := range e.x.usesOf(idOf(v)) {
		if e.x.isRead(id) {
			continue
		}
		in, ok := enclosing[*ast.IfStmt](e.x, id)
		if !ok || st != nil && in != st {
			return source{}
		}
		st, writes = in, append(writes, id)
	}
	if st == nil || st.Init != nil || e.x.parent(st) != e.x.parent(declared) {
		return source{}
	}
	off, on := first, p.onlyAssigns(st.Body, v)
	n := 1
	if b, ok := st.Else.(*ast.BlockStmt); ok {
		off = p.onlyAssigns(b, v)
		n = 2
	} else if st.Else != nil {
		return source{}
	}
	if len(writes) != n {
		return source{}
	}
	for _, id := range e.x.usesOf(idOf(v)) {
		if e.x.isRead(id) && (id.Pos() < st.End() || e.addressTaken(id)) {
			return source{}
		}
	}
	return p.sourceOf(st.Cond, depth+1).choose(off, on)
}

// firstConstant is what a local is declared with, a constant or the zero value, and
// the statement that declares it; no statement where it is something else.
func (p *testPlan) firstConstant(v *types.Var, decl *ast.Ident) (constant.Value, ast.Node) {
	switch d := p.e.x.parent(decl).(type) {
	case *ast.AssignStmt:
		if len(d.Lhs) == 1 && len(d.Rhs) == 1 && d.Tok == token.DEFINE {
			if c := p.e.constantOf(d.Rhs[0]); c != nil {
				return c, d
			}
		}
	case *ast.ValueSpec:
		gen, ok := p.e.x.parent(d).(*ast.GenDecl)
		if !ok || len(d.Names) != 1 {
			return nil, nil
		}
		if _, ok := p.e.x.parent(gen).(*ast.DeclStmt); !ok {
			return nil, nil
		}
		if len(d.Values) == 1 {
			if c := p.e.constantOf(d.Values[0]); c != nil {
				return c, p.e.x.parent(gen)
			}
		} else if z := zeroValue(v.Type()); len(d.Values) == 0 && z != nil && z.c != nil {
			return z.c, p.e.x.parent(gen)
		}
	}
	return nil, nil
}

// onlyAssigns is the constant that a block assigns to v, when it does nothing else.
func (p *testPlan) onlyAssigns(b *ast.BlockStmt, v *types.Var) constant.Value {
	if len(b.List) != 1 {
		return nil
	}
	a, ok := b.List[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return nil
	}
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok || p.e.x.objectAt(id) != types.Object(v) {
		return nil
	}
	return p.e.constantOf(a.Rhs[0])
}

// sourceOfIndex finds what decides map[bool]string{true: "on", false: "off"}[x].
func (p *testPlan) sourceOfIndex(x *ast.IndexExpr, depth int) source {
	lit, ok := ast.Unparen(p.initialiser(x.X)).(*ast.CompositeLit)
	if !ok || len(lit.Elts) != 2 {
		return source{}
	}
	if m, ok := under(p.e.x.typeOf(lit)).(*types.Map); !ok || !types.Identical(under(m.Key()), types.Typ[types.Bool]) {
		return source{}
	}
	var of [2]constant.Value
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return source{}
		}
		k := p.e.constantOf(kv.Key)
		if k == nil {
			return source{}
		}
		i := 0
		if constant.BoolVal(k) {
			i = 1
		}
		of[i] = p.e.constantOf(kv.Value)
	}
	return p.sourceOf(x.Index, depth+1).choose(of[0], of[1])
}

// sourceOfChooser finds what decides the result of a function of the tests that
// returns one constant where its only parameter is true, and another one elsewhere.
func (p *testPlan) sourceOfChooser(x *ast.CallExpr, fn *types.Func, depth int) source {
	e := p.e
	fd, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
	if !ok || fd.Body == nil || len(fd.Body.List) == 0 || len(x.Args) != 1 || fn.Signature().Params().Len() != 1 || fn.Signature().Variadic() || fn.Signature().Results().Len() != 1 {
		return source{}
	}
	st, ok := fd.Body.List[0].(*ast.IfStmt)
	if !ok || st.Init != nil {
		return source{}
	}
	on := p.onlyReturns(st.Body.List)
	var off constant.Value
	switch b, isBlock := st.Else.(*ast.BlockStmt); {
	case st.Else == nil:
		off = p.onlyReturns(fd.Body.List[1:])
	case isBlock && len(fd.Body.List) == 1:
		off = p.onlyReturns(b.List)
	}
	cond := p.sourceOf(st.Cond, depth+1)
	if cond.param != ast.Node(fd) || cond.chosen != nil || on == nil || off == nil {
		return source{}
	}
	if cond.negated {
		off, on = on, off
	}
	return p.sourceOf(x.Args[0], depth+1).choose(off, on)
}

// onlyReturns is the constant that statements return, when they do nothing else.
func (p *testPlan) onlyReturns(list []ast.Stmt) constant.Value {
	if len(list) != 1 {
		return nil
	}
	r, ok := list[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return nil
	}
	return p.e.constantOf(r.Results[0])
}

// initialiser is the value that a variable is declared with and that nothing
// changes, or x itself.
func (p *testPlan) initialiser(x ast.Expr) ast.Expr {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return x
	}
	v, ok := p.e.x.objectAt(id).(*types.Var)
	if !ok {
		return x
	}
	for _, u := range p.e.x.usesOf(idOf(v)) {
		at, ok := p.e.x.parent(u).(*ast.IndexExpr)
		if !ok || at.X != ast.Expr(u) || p.assigned(at) {
			return x
		}
	}
	if decl := p.e.identAt(idOf(v)); decl != nil {
		switch d := p.e.x.parent(decl).(type) {
		case *ast.ValueSpec:
			if len(d.Names) == 1 && len(d.Values) == 1 {
				return d.Values[0]
			}
		case *ast.AssignStmt:
			if len(d.Lhs) == 1 && len(d.Rhs) == 1 {
				return d.Rhs[0]
			}
		}
	}
	return x
}

// assigned reports whether an expression is written to.
func (p *testPlan) assigned(x ast.Expr) bool {
	switch s := p.e.x.parent(x).(type) {
	case *ast.AssignStmt:
		return slices.Contains(s.Lhs, x)
	case *ast.IncDecStmt:
		return true
	case *ast.UnaryExpr:
		return s.Op == token.AND
	}
	return false
}
