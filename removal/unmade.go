package removal

import (
	"go/ast"
	"go/types"
	"slices"
)

// learnUnmade finds the cases of type switches that nothing can match any more: those of a
// type of which the removal took every place that made a value. What is left of the
// type then are its methods and such cases; with these it goes too. Only types that other
// packages cannot name are looked at. It reports whether there are new ones.
func (e *engine) learnUnmade() bool {
	changed := false
	for _, oid := range e.typesInReach() {
		clauses := e.unmadeCases(oid)
		for _, c := range clauses {
			if !e.unmade[c] {
				e.unmade[c] = true
				e.reach(c)
				changed = true
			}
		}
	}
	return changed
}

// typesInReach are the types without an exported name that declarations in reach name.
func (e *engine) typesInReach() []objID {
	seen := map[objID]bool{}
	for d := range e.reached {
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && !ast.IsExported(id.Name) {
				if t, ok := e.x.objectAt(id).(*types.TypeName); ok && !t.IsAlias() && !types.IsInterface(t.Type()) && e.x.decl(idOf(t)) != nil {
					seen[idOf(t)] = true
				}
			}
			return true
		})
	}
	out := make([]objID, 0, len(seen))
	for oid := range seen {
		out = append(out, oid)
	}
	slices.Sort(out)
	return out
}

// unmadeCases are the cases that look for a type which nothing makes any more, nil where
// something may, or did not before.
func (e *engine) unmadeCases(oid objID) []*ast.CaseClause {
	spec, ok := e.x.decl(oid).(*ast.TypeSpec)
	if !ok || e.pinned[oid] || !e.x.fileAt(oid).editable() || e.x.fileAt(oid).test || spec.TypeParams != nil {
		return nil
	}
	lost := false
	var out []*ast.CaseClause
	for _, id := range e.x.usesOf(oid) {
		if !e.live(id) {
			lost = lost || e.caseOf(id) == nil
			continue
		}
		if c := e.caseOf(id); c != nil {
			if !e.caseMayGo(c) {
				return nil
			}
			out = append(out, c)
			continue
		}
		if !e.withinType(id, oid) {
			return nil
		}
	}
	if !lost {
		return nil
	}
	return out
}

// caseOf is the case of a type switch that an identifier, or a pointer to what it
// names, is the type of.
func (e *engine) caseOf(id *ast.Ident) *ast.CaseClause {
	var x ast.Expr = id
	if star, ok := e.x.parent(x).(*ast.StarExpr); ok {
		x = star
	}
	c, ok := e.x.parent(x).(*ast.CaseClause)
	if !ok || !slices.Contains(c.List, x) {
		return nil
	}
	if _, ok := e.x.parent(e.x.parent(c)).(*ast.TypeSwitchStmt); !ok {
		return nil
	}
	return c
}

// caseMayGo reports whether a case can go from its type switch: it is of one type, another
// case that is no default stays, and so does one that uses the variable of the switch, if it
// has one.
func (e *engine) caseMayGo(c *ast.CaseClause) bool {
	s := e.x.parent(e.x.parent(c)).(*ast.TypeSwitchStmt)
	info := e.x.infoFor(s)
	if len(c.List) != 1 || info == nil {
		return false
	}
	_, named := s.Assign.(*ast.AssignStmt)
	stays, used := false, !named
	for _, o := range s.Body.List {
		o := o.(*ast.CaseClause)
		if o == c || e.unmade[o] || !e.live(o) {
			continue
		}
		stays = stays || o.List != nil
		if v := info.Implicits[o]; v != nil {
			used = used || slices.ContainsFunc(e.x.usesOf(idOf(v)), func(u *ast.Ident) bool { return o.Pos() <= u.Pos() && u.End() <= o.End() && e.live(u) })
		}
	}
	return stays && used
}

// withinType reports whether an identifier that names a type belongs to its methods, or
// to the assertion that it implements an interface: none of them makes the first value.
func (e *engine) withinType(id *ast.Ident, oid objID) bool {
	switch d := e.topDecl(id).(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || len(d.Recv.List) != 1 {
			return false
		}
		recv := recvIdent(d.Recv.List[0].Type)
		return recv != nil && e.x.objectAt(recv) != nil && idOf(e.x.objectAt(recv)) == oid
	case *ast.ValueSpec:
		return len(d.Names) == 1 && d.Names[0].Name == "_" && weakAssertion(d)
	}
	return false
}
