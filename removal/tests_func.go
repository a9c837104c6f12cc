package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// findFuncs adds where tests overwrite a variable or field that holds the
// evaluation as a function: onRead = func() bool { return false }.
func (p *testPlan) findFuncs() {
	e := p.e
	foreign := map[string]*flagref.Reference{}
	for _, r := range e.refs {
		if r.Kind != flagref.Evaluation {
			continue
		}
		if !r.Shape.Func {
			if v := p.calledVar(r.Node); v != nil && foreign[objectName(v)] == nil {
				foreign[objectName(v)] = r
			}
			continue
		}
		if v := p.holder(r.Node); v != nil {
			for _, id := range e.x.usesOf(idOf(v)) {
				p.addOverwrite(id, r)
			}
		}
	}
	if len(foreign) == 0 {
		return
	}
	for _, f := range e.x.files {
		if !f.test || !f.editable() {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if v, ok := e.x.objectAt(sel.Sel).(*types.Var); ok && !v.IsField() && v.Pkg() != nil && foreign[objectName(v)] != nil {
					p.addOverwrite(sel.Sel, foreign[objectName(v)])
				}
			}
			return true
		})
	}
}

// findVars adds where tests write a package variable that holds the flag's value, or its
// opposite, from its declaration on, and that nothing else writes.
func (p *testPlan) findVars() {
	e := p.e
	for _, r := range e.refs {
		if r.Kind != flagref.Evaluation || r.Shape.Func || r.Shape.Result > 0 {
			continue
		}
		x, ok := r.Node.(ast.Expr)
		if !ok || e.seeds[x] == nil {
			continue
		}
		negated := r.Shape.Negated
		for {
			u, ok := e.x.parent(x).(ast.Expr)
			if not, isNot := u.(*ast.UnaryExpr); isNot && not.Op == token.NOT {
				negated = !negated
			} else if _, isParen := u.(*ast.ParenExpr); !ok || !isParen {
				break
			}
			x = u
		}
		v := p.holder(x)
		if v == nil || v.IsField() || v.Parent() != v.Pkg().Scope() || isInterface(v.Type()) || !p.onlyTestsWrite(v) {
			continue
		}
		for _, id := range e.x.usesOf(idOf(v)) {
			s := p.writeOf(id)
			if s == nil {
				continue
			}
			s.ref, s.key, s.c, s.scope = r, r.Key, e.constantOf(s.value), p.scopeOf(s.node)
			if negated {
				s.c, s.through = opposite(s.c), opposite
			}
			e.reach(s.node)
			p.sites = append(p.sites, s)
		}
		p.held[idOf(v)] = r.Key
	}
}

// onlyTestsWrite reports whether writes of tests are all that can change a package
// variable.
func (p *testPlan) onlyTestsWrite(v *types.Var) bool {
	e := p.e
	u := e.graph.unitOf(idOf(v))
	if u == nil || e.pinned[idOf(v)] || v.Exported() && !e.graph.internal(u) && !e.opts.Unsafe || !u.file.editable() {
		return false
	}
	return !slices.ContainsFunc(e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		return (!e.x.isRead(id) || e.addressTaken(id)) && p.writeOf(id) == nil
	})
}

// writeOf is where a test gives a variable, and nothing else, a value: an assignment, or a
// call of a helper that takes its address and the value, set(t, &x, true).
func (p *testPlan) writeOf(id *ast.Ident) *site {
	e := p.e
	f := e.x.fileAt(id.Pos())
	if !f.test || !f.editable() || e.keepsTests(id) {
		return nil
	}
	x := e.x.naming(id)
	switch q := e.x.parent(x).(type) {
	case *ast.AssignStmt:
		if q.Tok == token.ASSIGN && len(q.Lhs) == 1 && q.Lhs[0] == x {
			return &site{node: q, stmt: q, value: q.Rhs[0]}
		}
	case *ast.UnaryExpr:
		call, ok := e.x.parent(q).(*ast.CallExpr)
		if !ok || q.Op != token.AND {
			return nil
		}
		i := slices.Index(call.Args, ast.Expr(q))
		if i < 0 || i+1 >= len(call.Args) || !types.Identical(e.x.typeOf(call.Args[i+1]), e.x.typeOf(x)) {
			return nil
		}
		if st := p.setUpStmt(call); st != nil {
			return &site{node: call, stmt: st, value: call.Args[i+1]}
		}
	}
	return nil
}

// isHeld reports whether an expression is a variable of findVars.
func (p *testPlan) isHeld(x ast.Expr) bool {
	id := nameOf(x)
	if id == nil {
		return false
	}
	o := p.e.x.objectAt(id)
	return o != nil && p.held[idOf(o)] != ""
}

// calledVar is the variable of a package outside of what is edited that an
// evaluation calls: another module holds the flag's function in it.
func (p *testPlan) calledVar(n ast.Node) *types.Var {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	v, ok := p.e.x.objectAt(sel.Sel).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || p.e.graph.unitOf(idOf(v)) != nil {
		return nil
	}
	return v
}

func objectName(v *types.Var) string { return v.Pkg().Path() + "." + v.Name() }

// addOverwrite adds the site where a use of the holder of a function gives it
// another one.
func (p *testPlan) addOverwrite(id *ast.Ident, r *flagref.Reference) {
	e := p.e
	f := e.x.fileAt(id.Pos())
	if !f.test || !f.editable() || e.keepsTests(id) {
		return
	}
	var child ast.Node = e.x.naming(id)
	n := e.x.parent(child)
	s := &site{ref: r, key: r.Key, fn: true}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 || len(n.Rhs) != 1 || ast.Node(n.Lhs[0]) != child {
			return
		}
		s.node, s.stmt, s.value = n, n, n.Rhs[0]
	case *ast.KeyValueExpr:
		if n.Key != ast.Expr(id) {
			return
		}
		s.node, s.value = n, n.Value
	default:
		return
	}
	if s.c = e.returnedBy(s.value, nil, 0); s.c == nil {
		s.c = e.constantOf(s.value)
	}
	if x := returned(s.value); x != nil {
		s.value = x
	}
	if r.Shape.Negated {
		s.c, s.through = opposite(s.c), opposite
	}
	s.scope = p.scopeOf(s.node)
	e.reach(s.node)
	p.sites = append(p.sites, s)
}

// holder is the package variable or field that an expression gives its value,
// nil when it is handed on otherwise.
func (p *testPlan) holder(n ast.Node) *types.Var {
	switch q := p.e.x.parent(n).(type) {
	case *ast.ValueSpec:
		for i, x := range q.Values {
			if ast.Node(x) == n && i < len(q.Names) {
				if v, ok := p.e.x.objs[q.Names[i].Pos()].(*types.Var); ok && p.e.graph.unitOf(idOf(v)) != nil {
					return v
				}
			}
		}
	case *ast.KeyValueExpr:
		if id, ok := q.Key.(*ast.Ident); ok && ast.Node(q.Value) == n {
			if v, ok := p.e.x.objectAt(id).(*types.Var); ok && v.IsField() {
				return v
			}
		}
	}
	return nil
}

// returned is what a function literal returns that does nothing else.
func returned(x ast.Expr) ast.Expr {
	lit, ok := ast.Unparen(x).(*ast.FuncLit)
	if !ok {
		return nil
	}
	return onlyReturn(lit.Body)
}

// onlyReturn is what a body returns that does nothing else; nil otherwise.
func onlyReturn(b *ast.BlockStmt) ast.Expr {
	if b == nil || len(b.List) != 1 {
		return nil
	}
	r, ok := b.List[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return nil
	}
	return r.Results[0]
}

// returnedBy is the constant that a function returns which does nothing else: a literal,
// or what a helper of the program makes of an argument, constant(true). Params are the
// parameters of the helper that are known.
func (e *engine) returnedBy(x ast.Expr, params map[objID]constant.Value, depth int) constant.Value {
	constantOf := func(x ast.Expr) constant.Value {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			if o := e.x.objectAt(id); o != nil && params[idOf(o)] != nil {
				return params[idOf(o)]
			}
		}
		return e.constantOf(x)
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		if r := onlyReturn(x.Body); r != nil {
			return constantOf(r)
		}
	case *ast.CallExpr:
		if e.isConversion(x) {
			return e.returnedBy(x.Args[0], params, depth)
		}
		fn := e.x.callee(x)
		if fn == nil || depth > 3 || x.Ellipsis.IsValid() {
			return nil
		}
		fd, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
		if !ok || variadic(fd) {
			return nil
		}
		r := onlyReturn(fd.Body)
		if r == nil {
			return nil
		}
		given := map[objID]constant.Value{}
		i := 0
		for _, f := range fd.Type.Params.List {
			for _, id := range f.Names {
				if i < len(x.Args) {
					given[id.Pos()] = constantOf(x.Args[i])
				}
				i++
			}
		}
		return e.returnedBy(r, given, depth+1)
	}
	return nil
}
