package removal

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// findMocks finds set-up of the flags that no provider knows: expectations of
// mocks that name the key, entries of fakes that are maps from key to state, and what
// puts a key into such a map.
func (p *testPlan) findMocks() {
	e := p.e
	for _, f := range e.x.files {
		if !f.test || !f.editable() {
			continue
		}
		info := f.views[0].Info
		ast.Inspect(f.ast, func(n ast.Node) bool {
			x, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			c := info.Types[x].Value
			if c == nil || c.Kind() != constant.String {
				return true
			}
			key := constant.StringVal(c)
			if _, ok := e.targets[key]; !ok {
				return false
			}
			// a key that nothing asks for may be any text
			i := slices.IndexFunc(e.refs, func(r *flagref.Reference) bool { return r.Key == key })
			if i >= 0 && !p.isKnown(x) && !e.keepsTests(x) && !p.staysAsked(f, key) {
				p.mock(e.refs[i], x)
			}
			return false
		})
	}
}

// isKnown reports whether a site has the expression already.
func (p *testPlan) isKnown(x ast.Expr) bool {
	return slices.ContainsFunc(p.sites, func(s *site) bool {
		return s.node.Pos() <= x.Pos() && x.End() <= s.node.End()
	})
}

// mock adds the site of a key that a mock or a fake is given; ref is a reference
// of its flag.
func (p *testPlan) mock(ref *flagref.Reference, x ast.Expr) {
	e := p.e
	key := ref.Key
	switch q := e.x.parent(x).(type) {
	case *ast.CompositeLit:
		if s := p.fakeList(ref, q, x); s != nil {
			p.addMock(s)
			return
		}
		// a list like that of another row
		if v := p.columnGiven(q); v != nil {
			for _, s := range p.sites {
				lit, ok := e.x.parent(s.node).(*ast.CompositeLit)
				if !ok || s.key != key || s.value != nil {
					continue
				}
				if o := p.columnGiven(lit); o != nil && idOf(o) == idOf(v) {
					p.addMock(&site{ref: ref, key: key, node: x, c: s.c})
					return
				}
			}
		}
	case *ast.KeyValueExpr:
		lit, ok := e.x.parent(q).(*ast.CompositeLit)
		if !ok || q.Key != x {
			return
		}
		if _, isMap := under(e.x.typeOf(lit)).(*types.Map); !isMap {
			return
		}
		st := &site{ref: ref, key: key, node: q, value: q.Value, c: e.constantOf(q.Value)}
		if p.stateOf(key, st.c) != stateUnknown || p.varies(st) {
			p.addMock(st)
		}
	case *ast.CallExpr:
		if s := p.fakeCall(ref, q, x); s != nil {
			p.addMock(s)
			return
		}
		st, chain := p.expectation(q)
		if st == nil {
			return
		}
		s := &site{ref: ref, key: key, node: q, stmt: st}
		if chain != nil {
			s.c = e.constantOf(chain)
			s.value = chain
		}
		p.addMock(s)
	}
}

// varies reports whether a column or a loop over both states gives the value of a
// site.
func (p *testPlan) varies(s *site) bool {
	src := p.source(s.value)
	if src.obj == nil || src.loop == nil && !src.obj.IsField() {
		return false
	}
	b, ok := under(src.obj.Type()).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0 && p.keptGiven(s, src) != nil
}

// columnGiven is the column of a table that a literal is a row's value of.
func (p *testPlan) columnGiven(lit *ast.CompositeLit) *types.Var {
	e := p.e
	switch q := e.x.parent(lit).(type) {
	case *ast.KeyValueExpr:
		if id, ok := q.Key.(*ast.Ident); ok && q.Value == ast.Expr(lit) {
			if v, ok := e.x.objectAt(id).(*types.Var); ok && v.IsField() && p.isTestObject(v) {
				return v.Origin()
			}
		}
	case *ast.CompositeLit:
		st, ok := under(e.x.typeOf(q)).(*types.Struct)
		if i := slices.Index(q.Elts, ast.Expr(lit)); ok && i >= 0 && i < st.NumFields() && p.isTestObject(st.Field(i)) {
			return st.Field(i).Origin()
		}
	}
	return nil
}

func (p *testPlan) addMock(s *site) {
	p.e.reach(s.node)
	s.scope = p.scopeOf(s.node)
	p.sites = append(p.sites, s)
}

// expectation returns the statement of a mock's expectation that call is part
// of, m.EXPECT().IsOn("key").Return(true) or m.On("IsOn", "key").Return(true),
// and what it returns.
func (p *testPlan) expectation(call *ast.CallExpr) (ast.Node, ast.Expr) {
	e := p.e
	if !startsExpectation(call) {
		return nil, nil
	}
	var result ast.Expr
	var child ast.Node = call
	for n := e.x.parent(call); n != nil; child, n = n, e.x.parent(n) {
		switch n := n.(type) {
		case *ast.SelectorExpr, *ast.ParenExpr:
		case *ast.CallExpr:
			if ast.Node(n.Fun) != child {
				return nil, nil
			}
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Return" && len(n.Args) > 0 {
				result = n.Args[0]
			}
		case *ast.ExprStmt:
			return n, result
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// startsExpectation reports whether a call is a method of what EXPECT() returns,
// or testify's On.
func startsExpectation(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if sel.Sel.Name == "On" && len(call.Args) > 1 {
		lit, ok := call.Args[0].(*ast.BasicLit)
		return ok && lit.Value != ""
	}
	inner, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := ast.Unparen(inner.Fun).(*ast.SelectorExpr)
	return ok && s.Sel.Name == "EXPECT"
}
