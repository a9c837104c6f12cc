package removal

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// declaredWithin are the names that are declared anywhere in a clause: those of
// its own scope, and those that may come there when statements in it are spliced.
func (e *engine) declaredWithin(c *ast.CaseClause) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(c, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name != "_" && e.x.objs[id.Pos()] != nil {
			out[id.Name] = true
		}
		return true
	})
	return out
}

// declares returns the identifiers that a list of statements declares in its
// scope after the removal, those of spliced statements included.
func (e *engine) declares(list []ast.Stmt, out []*ast.Ident) []*ast.Ident {
	for _, s := range list {
		out = e.declaresStmt(s, out)
	}
	return out
}

func (e *engine) declaresStmt(s ast.Stmt, out []*ast.Ident) []*ast.Ident {
	d := e.dec[s]
	if d != nil && d.op == opDrop {
		return out
	}
	if d != nil && d.op == opSplice {
		if d.braces {
			return append(out, d.declare...)
		}
		if d.init != nil {
			out = e.declaresStmt(d.init, out)
		}
		if d.apart || d.within {
			return out
		}
		return e.declaresArm(d, out)
	}
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return e.declaresStmt(s.Stmt, out)
	case *ast.AssignStmt:
		for i, l := range s.Lhs {
			id, ok := l.(*ast.Ident)
			if !ok || id.Name == "_" || d != nil && (d.op == opAssign || d.op == opTuple) && d.lhs[i] != lhsKeep {
				continue
			}
			if e.x.objs[id.Pos()] != nil || e.declaresHere(id, s) {
				out = append(out, id)
			}
		}
		if d != nil {
			out = append(out, d.declare...)
		}
	case *ast.DeclStmt:
		g, ok := s.Decl.(*ast.GenDecl)
		if !ok {
			return out
		}
		for _, sp := range g.Specs {
			if sd := e.dec[sp]; sd != nil && sd.op == opDrop {
				continue
			}
			switch sp := sp.(type) {
			case *ast.ValueSpec:
				out = append(out, sp.Names...)
			case *ast.TypeSpec:
				out = append(out, sp.Name)
			}
		}
	}
	return out
}

// declaresArm is declares for the statements of an arm that is spliced.
func (e *engine) declaresArm(d *decision, out []*ast.Ident) []*ast.Ident {
	if len(d.body) == 1 {
		if _, ok := d.arm.(*ast.IfStmt); ok {
			return e.declaresStmt(d.body[0], out)
		}
	}
	return e.declares(d.body, out)
}

// armHidesInit reports whether an arm declares a name again that the init statement
// of its if or switch declares.
func (e *engine) armHidesInit(d *decision) bool {
	if d.init == nil {
		return false
	}
	names := map[string]bool{}
	for _, id := range e.declaresStmt(d.init, nil) {
		names[id.Name] = true
	}
	return len(names) > 0 && slices.ContainsFunc(e.declaresArm(d, nil), func(id *ast.Ident) bool { return names[id.Name] })
}

// settleScopes decides, innermost first, which spliced statements need braces of
// their own so that no name means something else than before (ShadowedName).
func (e *engine) settleScopes() {
	for _, fd := range e.liveBodies() {
		var post func(n ast.Node)
		post = func(n ast.Node) {
			ast.Inspect(n, func(c ast.Node) bool {
				if c == n {
					return true
				}
				if c != nil {
					post(c)
				}
				return false
			})
			if s, ok := n.(ast.Stmt); ok {
				if d := e.dec[s]; d != nil && d.op == opSplice && e.live(s) {
					e.settleSplice(s, d, fd)
				}
			}
		}
		post(fd)
	}
}

func (e *engine) settleSplice(s ast.Stmt, d *decision, fd ast.Node) {
	if e.takesElseIf(s, d) {
		e.dec[s] = &decision{op: opElseIf}
		return
	}
	list, scope := e.listOf(s)
	d.within = e.armHidesInit(d)
	if list == nil {
		return // an else-if: its text gets braces anyway
	}
	d.braces = false
	if !e.clashes(s, list, scope, fd) {
		return
	}
	d.braces = true
	// Variables of the surrounding scope that an assignment inside was to declare
	// are declared in front.
	for oid, a := range e.moved {
		if s.Pos() <= a.Pos() && a.Pos() < s.End() && oid < s.Pos() {
			for _, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok && e.x.objectAt(id) != nil && idOf(e.x.objectAt(id)) == oid {
					d.declare = append(d.declare, id)
				}
			}
			delete(e.moved, oid)
		}
	}
	slices.SortFunc(d.declare, func(a, b *ast.Ident) int { return cmp.Compare(a.Pos(), b.Pos()) })
}

// takesElseIf reports whether an if whose condition is false can go on with the condition
// of its else-if: if x := f(); flag { … } else if x > 1 { … } keeps what declares x where it is.
func (e *engine) takesElseIf(s ast.Stmt, d *decision) bool {
	is, ok := s.(*ast.IfStmt)
	if !ok || is.Init == nil || d.init != is.Init || len(d.hoist) > 0 {
		return false
	}
	if d := e.dec[is.Init]; d != nil && (d.op != opAssign || !d.define || len(d.hoist) > 0 || d.decl != "") {
		return false
	}
	els, ok := d.arm.(*ast.IfStmt)
	if !ok || els.Init != nil || e.decided(els) {
		return false
	}
	for _, a := range e.moved {
		if ast.Stmt(a) == is.Init {
			return false
		}
	}
	return true
}

// clashes reports whether a name that a spliced statement declares would mean
// something else to the statements around it, or theirs to it.
func (e *engine) clashes(s ast.Stmt, list []ast.Stmt, scope ast.Node, fd ast.Node) bool {
	names := e.declaresStmt(s, nil)
	if len(names) == 0 {
		return false
	}
	fi := e.funcs[fd]
	if fi != nil && fi.hasGoto {
		return true
	}
	inside := func(pos token.Pos) bool { return s.Pos() <= pos && pos < s.End() }
	var reused []*ast.Ident
	var copies []*ast.AssignStmt // x := x, of one that becomes the other
	for _, id := range names {
		if fi != nil && e.hidesResult(id, fi, list, s) {
			return true
		}
		moved := token.NoPos // the variable that id declares now, when another place did before
		if e.x.objs[id.Pos()] == nil {
			moved = idOf(e.x.objectAt(id))
		}
		before := false           // an earlier statement declares the name
		later := map[objID]bool{} // variables of later statements that become that of id
		for _, other := range e.listDeclares(list, scope) {
			if other.Name != id.Name || inside(other.Pos()) || e.laterSplice(list, s, other.Pos()) {
				continue
			}
			switch {
			case other.Pos() < id.Pos() && e.reuse(id, other, s):
				before = true
				reused = append(reused, id)
				if a := e.copyOf(id, other); a != nil {
					copies = append(copies, a)
				}
			case other.Pos() > id.Pos() && e.joins(id, other, s):
				later[idOf(e.x.objectAt(other))] = true
				reused = append(reused, other)
			default:
				return true
			}
		}
		if before {
			continue // uses of the name behind s are of that variable
		}
		captured := false
		after := false
		for _, t := range list {
			if t == s {
				after = true
				continue
			}
			if !after {
				continue
			}
			ast.Inspect(t, func(n ast.Node) bool {
				u, ok := n.(*ast.Ident)
				if !ok || u.Name != id.Name || captured {
					return !captured
				}
				if e.isFieldOrSelector(u) {
					return true
				}
				for _, o := range e.x.objectsAt(u) {
					if moved.IsValid() && idOf(o) == moved || later[idOf(o)] {
						continue
					}
					if !inside(o.Pos()) && !(t.Pos() <= o.Pos() && o.Pos() < t.End()) && e.live(u) {
						captured = true
					}
				}
				return true
			})
		}
		if captured {
			return true
		}
	}
	for _, id := range reused {
		e.reused[id] = true
		if decl := e.zeroDecl(id); decl != nil {
			e.dec[decl] = &decision{op: opDrop}
		}
	}
	for _, a := range copies {
		e.dec[a] = &decision{op: opDrop}
	}
	return false
}

// hidesResult reports whether a spliced statement declares, in a nested scope, the
// name of a result that a bare return behind it returns: that would not compile.
func (e *engine) hidesResult(id *ast.Ident, fi *funcInfo, list []ast.Stmt, s ast.Stmt) bool {
	for oid := range fi.results {
		if obj := e.x.objs[oid]; obj != nil && obj.Name() == id.Name {
			return slices.ContainsFunc(list, func(t ast.Stmt) bool {
				return t.Pos() > s.Pos() && hasBareReturn(t)
			})
		}
	}
	return false
}

// laterSplice reports whether a place lies in a spliced statement that follows s
// in the list: it is that one's turn, later, to get out of the way.
func (e *engine) laterSplice(list []ast.Stmt, s ast.Stmt, pos token.Pos) bool {
	return slices.ContainsFunc(list, func(t ast.Stmt) bool {
		d := e.dec[t]
		return t.Pos() > s.Pos() && t.Pos() <= pos && pos < t.End() && d != nil && d.op == opSplice
	})
}

// isFieldOrSelector reports whether an identifier is looked up in a type or a
// package, or among the labels: not in the scopes around it.
func (e *engine) isFieldOrSelector(u *ast.Ident) bool {
	switch p := e.x.parent(u).(type) {
	case *ast.SelectorExpr:
		return p.Sel == u
	case *ast.LabeledStmt, *ast.BranchStmt:
		return true
	case *ast.KeyValueExpr:
		if p.Key == ast.Expr(u) {
			for _, o := range e.x.objectsAt(u) {
				if v, ok := o.(*types.Var); ok && v.IsField() {
					return true
				}
			}
		}
	}
	return false
}

// listOf returns the list of statements that s stands in, and the syntax whose
// scope that is.
func (e *engine) listOf(s ast.Stmt) ([]ast.Stmt, ast.Node) {
	switch p := e.x.parent(s).(type) {
	case *ast.BlockStmt:
		return p.List, p
	case *ast.CaseClause:
		return p.Body, p
	case *ast.CommClause:
		return p.Body, p
	case *ast.LabeledStmt:
		return e.listOf(p)
	}
	return nil, nil
}

// listDeclares are the identifiers declared in the scope of a list: by its
// statements, and by the function whose body it is.
func (e *engine) listDeclares(list []ast.Stmt, scope ast.Node) []*ast.Ident {
	out := e.declares(list, nil)
	var typ *ast.FuncType
	var recv *ast.FieldList
	switch p := e.x.parent(scope).(type) {
	case *ast.FuncDecl:
		typ, recv = p.Type, p.Recv
	case *ast.FuncLit:
		typ = p.Type
	case nil:
	}
	if typ == nil {
		return out
	}
	for _, fl := range []*ast.FieldList{recv, typ.TypeParams, typ.Params, typ.Results} {
		if fl == nil {
			continue
		}
		for _, f := range fl.List {
			d := e.dec[f]
			if d != nil && d.op == opDrop {
				continue
			}
			for i, id := range f.Names {
				if d == nil || d.op != opFields || !d.drop[i] {
					out = append(out, id)
				}
			}
		}
	}
	if cc, ok := scope.(*ast.CommClause); ok && cc.Comm != nil {
		out = e.declaresStmt(cc.Comm, out)
	}
	return out
}

// copyOf returns the statement id := other, nil where id is declared otherwise.
func (e *engine) copyOf(id, other *ast.Ident) *ast.AssignStmt {
	a, ok := e.x.parent(id).(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || e.decided(a) || e.dec[a.Rhs[0]] != nil {
		return nil
	}
	from, ok := ast.Unparen(a.Rhs[0]).(*ast.Ident)
	if !ok || e.x.objectAt(from) == nil || e.x.objectAt(from) != e.x.objectAt(other) {
		return nil
	}
	return a
}

// reuse reports whether a variable of a spliced arm can become the one of the
// same name that the surrounding scope has: both have one type, no closure or
// pointer holds either, and the outer value is not read after the splice before
// it is written again, by a bare return or after a panic neither.
func (e *engine) reuse(inner, outer *ast.Ident, s ast.Stmt) bool {
	oo, ok := e.oneVariable(inner, outer, s)
	return ok && !e.funcs[e.topDecl(s)].observed[oo] && !e.mayBeRead(outer, s)
}

// joins reports whether a variable that a later := or var declares can be that of a
// spliced arm, of the same name: a person who unwraps a block does not mind that
// the err of it is the one of the calls behind it.
func (e *engine) joins(inner, later *ast.Ident, s ast.Stmt) bool {
	var st ast.Stmt
	if decl := e.zeroDecl(later); decl != nil {
		// its zero is never read
		if w, ok := e.nextWrite(later, e.x.parent(later)); !ok || w == nil || e.decided(decl) {
			return false
		}
		st = decl
	} else {
		a, ok := e.x.parent(later).(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE || e.dec[a] != nil && e.dec[a].op != opNone || e.x.objs[later.Pos()] == nil {
			return false
		}
		st = a
	}
	if list, _ := e.listOf(s); !slices.Contains(list, st) {
		return false
	}
	_, ok := e.oneVariable(inner, later, s)
	return ok
}

// zeroDecl is the statement that declares id alone, and gives it no value: var err error.
func (e *engine) zeroDecl(id *ast.Ident) *ast.DeclStmt {
	spec, ok := e.x.parent(id).(*ast.ValueSpec)
	if !ok || len(spec.Names) != 1 || len(spec.Values) > 0 {
		return nil
	}
	g, ok := e.x.parent(spec).(*ast.GenDecl)
	if !ok || len(g.Specs) != 1 {
		return nil
	}
	decl, _ := e.x.parent(g).(*ast.DeclStmt)
	return decl
}

// oneVariable reports whether one variable can take the place of two of the same
// name, the first of which a spliced arm declares by :=, as far as their types
// and who holds them go.
func (e *engine) oneVariable(inner, outer *ast.Ident, s ast.Stmt) (objID, bool) {
	a, ok := e.x.parent(inner).(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || e.dec[a] != nil && e.dec[a].op != opNone {
		return token.NoPos, false
	}
	io, oo := e.x.objectAt(inner), e.x.objectAt(outer)
	if io == nil || oo == nil || !types.Identical(io.Type(), oo.Type()) {
		return token.NoPos, false
	}
	if _, ok := oo.(*types.Var); !ok {
		return token.NoPos, false
	}
	fi := e.funcs[e.topDecl(s)]
	if fi == nil || fi.shared[idOf(io)] || fi.shared[idOf(oo)] || e.inClosure(idOf(oo)) || e.inClosure(idOf(io)) {
		return token.NoPos, false
	}
	return idOf(oo), true
}

// inClosure reports whether a variable is used in a closure other than the one
// that declares it.
func (e *engine) inClosure(oid objID) bool {
	for _, id := range e.x.usesOf(oid) {
		if lit, ok := enclosing[*ast.FuncLit](e.x, id); ok && !(lit.Pos() <= oid && oid < lit.End()) {
			return true
		}
	}
	return false
}
