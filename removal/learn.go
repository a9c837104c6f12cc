package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// learn draws from the decisions of the round what is now known of functions and
// variables, and which declarations nothing needs any more. It reports whether
// there is anything new.
func (e *engine) learn() bool {
	if e.opts.Local {
		return false
	}
	changed := e.learnFuncs()
	changed = e.learnVars() || changed
	changed = e.learnAssigned() || changed
	changed = e.learnParams() || changed
	changed = e.learnCallbacks() || changed
	changed = e.learnClosures() || changed
	changed = e.learnFields() || changed
	changed = e.learnOptions() || changed
	changed = e.learnEmptyFuncs() || changed
	changed = e.learnDead() || changed
	if !changed && !e.followed {
		changed = e.learnResults() || e.learnUnmade() || e.learnTestOnly()
	}
	return changed
}

// learnFuncs finds functions whose result is now always the same.
func (e *engine) learnFuncs() bool {
	changed := false
	for d, returns := range e.returnsOf {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd.Type.Results == nil || len(returns) == 0 || !e.x.fileAt(fd.Pos()).editable() {
			continue
		}
		oid := fd.Name.Pos()
		if e.pinned[oid] && !e.foreign[oid] { // another build may declare another one
			continue
		}
		if len(fd.Type.Results.List[0].Names) > 0 && hasDefer(fd.Body) {
			continue // a deferred function may change the results
		}
		n := fd.Type.Results.NumFields()
		vals := make([]*value, n)
		any := false
		fewer := len(returns) < countReturns(fd.Body)
		for i := range vals {
			v := returns[0][i]
			for _, r := range returns[1:] {
				if v != nil {
					v = merge(v, r[i])
				}
			}
			if !v.known() || v.dyn != nil || v.fn != nil {
				continue
			}
			if v.c != nil && isInterface(e.resultType(fd, i)) {
				continue
			}
			r := *v
			r.effects, r.seed = nil, nil
			r.flag = r.flag || fewer && (r.isNil || r.c.Kind() == constant.Bool) && !e.returnedBefore(fd.Body, i, &r)
			if !r.flag {
				continue
			}
			vals[i], any = &r, true
		}
		if !any || equalVals(e.fnConst[oid], vals) {
			continue
		}
		e.fnConst[oid] = vals
		e.reachUses(oid)
		changed = true
	}
	return changed
}

func (e *engine) resultType(fd *ast.FuncDecl, i int) types.Type {
	fn, ok := e.x.objs[fd.Name.Pos()].(*types.Func)
	if !ok {
		return nil
	}
	return fn.Signature().Results().At(i).Type()
}

func equalVals(a, b []*value) bool {
	return slices.EqualFunc(a, b, func(x, y *value) bool {
		return x == nil && y == nil || x != nil && y != nil && sameValue(x, y)
	})
}

// countReturns counts the return statements of a body, closures aside.
func countReturns(b *ast.BlockStmt) int {
	n := 0
	ast.Inspect(b, func(m ast.Node) bool {
		switch m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			n++
		}
		return true
	})
	return n
}

// returnedBefore reports whether every return statement of a body already gave
// the value, spelled out, as its result i: it was the same without the removal.
func (e *engine) returnedBefore(b *ast.BlockStmt, i int, v *value) bool {
	all := true
	ast.Inspect(b, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if i >= len(m.Results) {
				all = false // a call's results, or the named ones
				break
			}
			tv := e.x.infoFor(m).Types[m.Results[i]]
			all = all && (v.isNil && tv.IsNil() || v.c != nil && tv.Value != nil && constant.Compare(v.c, token.EQL, tv.Value))
		}
		return all
	})
	return all
}

// learnVars finds package variables that hold the flag's value from their
// declaration on.
func (e *engine) learnVars() bool {
	changed := e.learnLeftOver()
	for spec, vals := range e.specVals {
		for i, id := range spec.Names {
			oid := id.Pos()
			if e.objConst[oid] != nil || e.pinned[oid] || i >= len(vals) || !vals[i].decided() || len(vals[i].effects) > 0 || id.Name == "_" {
				continue
			}
			if e.whyHeld(id) != "" {
				continue
			}
			v := *vals[i]
			v.effects, v.seed = nil, nil
			if obj := e.x.objs[oid]; obj != nil && isInterface(obj.Type()) && v.dyn == nil {
				continue
			}
			e.objConst[oid] = &v
			e.reachUses(oid)
			changed = true
		}
	}
	return changed
}

// whyHeld tells what keeps a package variable that holds the flag's value from being that
// for good, "" where nothing does.
func (e *engine) whyHeld(id *ast.Ident) string {
	u := e.graph.unitOf(id.Pos())
	switch {
	case u == nil || e.pinned[id.Pos()]:
		return "code that is not looked into may write it"
	case ast.IsExported(id.Name) && !e.graph.internal(u) && !e.opts.Unsafe:
		return "it is exported, and another module may write it (with --unsafe it goes)"
	case !e.x.fileAt(id.Pos()).editable():
		return "its file is not edited"
	case e.writtenElsewhere(id.Pos()):
		return "something writes it, or takes its address"
	}
	return ""
}

// tellHeld tells of package variables that hold the flag's value and stay: what reads
// them is as it was.
func (e *engine) tellHeld() {
	for spec, vals := range e.specVals {
		for i, id := range spec.Names {
			if i >= len(vals) || !vals[i].decided() || e.objConst[id.Pos()] != nil || e.dead[id.Pos()] || !e.live(spec) || e.x.fileAt(id.Pos()).test {
				continue
			}
			if why := e.whyHeld(id); why != "" && e.anyLiveRead(id) {
				e.tell(Residue{Flag: e.keyOf(vals[i]), Pos: e.x.position(id.Pos()), Reason: "held",
					Message: id.Name + " holds the flag's value, and what reads it stays: " + why})
			}
		}
	}
}

// learnLeftOver finds package variables that keep what they are declared with, since
// the removal drops every assignment of them.
func (e *engine) learnLeftOver() bool {
	changed := false
	for _, oid := range e.namedInReach(func(v *types.Var) bool { return !v.IsField() && v.Parent() == v.Pkg().Scope() }) {
		spec, ok := e.x.decl(oid).(*ast.ValueSpec)
		if !ok || e.objConst[oid] != nil || e.pinned[oid] || e.dead[oid] || isInterface(e.x.objs[oid].Type()) {
			continue
		}
		u := e.graph.unitOf(oid)
		if u == nil || ast.IsExported(e.x.objs[oid].Name()) && !e.graph.internal(u) && !e.opts.Unsafe ||
			!u.file.editable() || !e.lostWriter(oid) || e.writtenElsewhere(oid) {
			continue
		}
		var v *value
		if i := slices.IndexFunc(spec.Names, func(n *ast.Ident) bool { return n.Pos() == oid }); len(spec.Values) > 0 {
			if len(spec.Values) != len(spec.Names) {
				continue
			}
			if v = (&walker{e: e}).plain(spec.Values[i]); v == nil {
				continue
			}
		}
		if v = e.leftOver(oid, v); v.decided() {
			e.objConst[oid] = v
			e.reachUses(oid)
			changed = true
		}
	}
	return changed
}

// writtenElsewhere reports whether anything but its declaration may change a
// variable: an assignment that is left, or its address taken.
func (e *engine) writtenElsewhere(oid objID) bool {
	for _, id := range e.x.usesOf(oid) {
		if (!e.x.isRead(id) || e.addressTaken(id)) && e.live(id) {
			return true
		}
	}
	return false
}

// addressTaken reports whether the variable that id reads has its address taken
// there, by & or by a method with a pointer receiver.
func (e *engine) addressTaken(id *ast.Ident) bool {
	var child ast.Node = id
	for p := e.x.parent(id); p != nil; child, p = p, e.x.parent(p) {
		switch p := p.(type) {
		case *ast.ParenExpr:
		case *ast.SelectorExpr:
			if p.Sel == id {
				continue // pkg.Var
			}
			m, ok := e.x.objectAt(p.Sel).(*types.Func)
			return ok && ptrMethodOnValue(m, e.x.typeOf(p.X)) && child == ast.Node(p.X)
		case *ast.UnaryExpr:
			return p.Op == token.AND
		case *ast.AssignStmt:
			return slices.ContainsFunc(p.Lhs, func(l ast.Expr) bool { return ast.Node(l) == child })
		case *ast.IncDecStmt:
			return true
		case *ast.RangeStmt:
			return ast.Node(p.X) != child && ast.Node(p.Body) != child
		default:
			return false
		}
	}
	return false
}

// learnDead finds the declarations that were needed before and are not now.
func (e *engine) learnDead() bool {
	g := e.graph
	gone := map[*unit]bool{}
	for oid := range e.dead {
		if u := g.unitOf(oid); u != nil && e.unitGone(u) {
			gone[u] = true
		}
	}
	live := e.live
	afterAll := g.reach(live, gone, true)
	changed := false
	for _, u := range g.units {
		if gone[u] || afterAll[u] || !g.beforeAll[u] && !g.ofFlag[u] && !e.dead[u.recv] || e.declared(u) {
			continue // a method that nothing called goes with its type
		}
		if !u.file.editable() || u.blank || slices.ContainsFunc(u.objs, func(o objID) bool { return e.pinned[o] }) {
			continue
		}
		if _, isVar := u.node.(*ast.ValueSpec); isVar && !g.ofFlag[u] && !e.hadUse(u) {
			continue // only its initialiser's effect kept it: it was unused before
		}
		for _, o := range u.objs {
			if !e.dead[o] {
				e.dead[o] = true
				changed = true
			}
		}
		if fd, ok := u.node.(*ast.FuncDecl); ok {
			for _, id := range u.uses {
				e.reach(id)
			}
			_ = fd
		}
	}
	// An init of which nothing is left goes.
	for _, u := range g.units {
		fd, ok := u.node.(*ast.FuncDecl)
		if ok && fd.Recv == nil && fd.Name.Name == "init" && e.reached[fd] && !e.deadUnits[fd] && u.file.editable() && fd.Body != nil && e.emptied(fd.Body) {
			e.deadUnits[fd] = true
			changed = true
		}
	}
	// Assertions go with the types that they speak of.
	for _, u := range g.units {
		if !u.blank || e.deadUnits[u.node] || !u.file.editable() || !weakAssertion(u.node.(*ast.ValueSpec)) {
			continue
		}
		for _, id := range u.uses {
			if slices.ContainsFunc(e.x.objectsAt(id), func(o types.Object) bool { return e.dead[idOf(o)] }) {
				e.deadUnits[u.node] = true
				changed = true
				break
			}
		}
	}
	return changed
}

// hadUse reports whether anything outside of a declaration named what it declares.
func (e *engine) hadUse(u *unit) bool {
	for _, o := range u.objs {
		for _, id := range e.x.usesOf(o) {
			if !(u.node.Pos() <= id.Pos() && id.Pos() < u.node.End()) {
				return true
			}
		}
	}
	return false
}

// declared reports whether a unit declares a target flag and --keep-declaration
// keeps it.
func (e *engine) declared(u *unit) bool {
	if !e.opts.KeepDeclaration {
		return false
	}
	for _, r := range e.refs {
		if u.node.Pos() <= r.Node.Pos() && r.Node.End() <= u.node.End() && r.Kind == "declaration" {
			return true
		}
	}
	return false
}

func (e *engine) unitGone(u *unit) bool {
	for _, o := range u.objs {
		if !e.dead[o] {
			return false
		}
	}
	return len(u.objs) > 0
}

// dropDeadDecls decides the declarations that nothing needs any more.
func (e *engine) dropDeadDecls() {
	// From the last to the first, since a constant asks what goes after it.
	for _, oid := range slices.Backward(slices.Sorted(maps.Keys(e.dead))) {
		u := e.graph.unitOf(oid)
		if u == nil {
			continue
		}
		if e.unitGone(u) && !e.countsOn(u.node) {
			e.dec[u.node] = &decision{op: opDrop}
			continue
		}
		if s, ok := u.node.(*ast.ValueSpec); ok {
			e.dropNames(s)
		}
	}
	for n := range e.deadUnits {
		e.dec[n] = &decision{op: opDrop}
	}
}

// countsOn reports whether other constants of a group take their value from the
// place, or from the expression, of this one: it must keep its line.
func (e *engine) countsOn(n ast.Node) bool {
	s, ok := n.(*ast.ValueSpec)
	if !ok {
		return false
	}
	g, ok := e.x.parent(s).(*ast.GenDecl)
	if !ok || g.Tok != token.CONST {
		return false
	}
	i := slices.IndexFunc(g.Specs, func(t ast.Spec) bool { return t == ast.Spec(s) })
	rest := g.Specs[i+1:]
	if !slices.ContainsFunc(rest, func(t ast.Spec) bool {
		d := e.dec[t]
		return d == nil || d.op != opDrop
	}) {
		return false
	}
	if next := rest[0].(*ast.ValueSpec); len(next.Values) == 0 {
		return true
	}
	for _, t := range g.Specs {
		for _, v := range t.(*ast.ValueSpec).Values {
			uses := false
			ast.Inspect(v, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == "iota" {
					uses = true
				}
				return !uses
			})
			if uses {
				return true
			}
		}
	}
	return false
}

// dropNames decides a specification of which some names go.
func (e *engine) dropNames(s *ast.ValueSpec) {
	d := &decision{op: opAssign, lhs: make([]lhsAction, len(s.Names)), dropR: make([]bool, len(s.Values)), define: true}
	for i, id := range s.Names {
		if !e.dead[id.Pos()] {
			continue
		}
		switch {
		case e.countsOn(s):
			d.lhs[i] = lhsBlank
		case len(s.Values) == len(s.Names) || len(s.Values) == 0:
			d.lhs[i] = lhsDrop
			if len(s.Values) > 0 {
				d.dropR[i] = true
			}
		default:
			d.lhs[i] = lhsBlank
		}
	}
	e.dec[s] = d
}
