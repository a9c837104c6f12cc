package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// learnAssigned finds package variables that assignments, not their declaration, give the
// flag's value: where they are declared with it too, or have it before anything reads them.
// Once nothing reads such a variable any more, the assignments go. It reports whether
// there is anything new.
func (e *engine) learnAssigned() bool {
	changed := false
	for _, oid := range e.namedInReach(func(v *types.Var) bool { return !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() }) {
		spec, ok := e.x.decl(oid).(*ast.ValueSpec)
		u := e.graph.unitOf(oid)
		if !ok || u == nil || !u.file.editable() || u.file.test || e.pinned[oid] || isInterface(e.x.objs[oid].Type()) {
			continue
		}
		if ast.IsExported(e.x.objs[oid].Name()) && !e.graph.internal(u) && !e.opts.Unsafe {
			continue
		}
		switch {
		case e.assigned[oid]:
			if !e.stored[oid] && !slices.ContainsFunc(e.liveUses(oid), func(id *ast.Ident) bool { return e.storeTo(id) == nil }) {
				e.stored[oid] = true
				e.reachUses(oid)
				changed = true
			}
		case e.objConst[oid] == nil && !e.dead[oid]:
			if v := e.assignedValue(oid, spec); v.decided() {
				e.objConst[oid], e.assigned[oid] = v.lasting(), true
				e.reachUses(oid)
				changed = true
			}
		}
	}
	return changed
}

// assignedValue is what a package variable holds wherever it is read, where assignments
// give it that; nil where they do not, or it is no constant.
func (e *engine) assignedValue(oid objID, spec *ast.ValueSpec) *value {
	var v *value
	var stores []*ast.AssignStmt
	flag := false
	for _, id := range e.liveUses(oid) {
		a := e.storeTo(id)
		if a == nil {
			if !e.x.isRead(id) || e.addressTaken(id) {
				return nil
			}
			continue
		}
		w := e.written[a]
		if !w.known() || len(w.effects) > 0 || w.dyn != nil || w.fn != nil || e.x.fileAt(a.Pos()).test {
			return nil
		}
		if v == nil {
			v = w
		} else if v = merge(v, w); v == nil {
			return nil
		}
		flag = flag || w.flag || e.spliced(a)
		stores = append(stores, a)
	}
	if v == nil || !flag {
		return nil
	}
	if first := e.declaredValue(oid, spec); first == nil || !sameValue(first, v) && !e.setFirst(oid, stores) && !e.setOnce(oid, stores) {
		return nil
	}
	r := *v
	r.flag = true
	return &r
}

// storeTo is the assignment of one value that an identifier stands for the target of.
func (e *engine) storeTo(id *ast.Ident) *ast.AssignStmt {
	target := e.x.naming(id)
	a, ok := e.x.parent(target).(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Lhs[0] != target {
		return nil
	}
	return a
}

// declaredValue is the constant that a variable is declared with, nil for none.
func (e *engine) declaredValue(oid objID, spec *ast.ValueSpec) *value {
	if len(spec.Values) == 0 {
		return zeroValue(e.x.objs[oid].Type())
	}
	i := slices.IndexFunc(spec.Names, func(n *ast.Ident) bool { return n.Pos() == oid })
	if len(spec.Values) != len(spec.Names) || i < 0 {
		return nil
	}
	if vals := e.specVals[spec]; i < len(vals) && vals[i].known() && len(vals[i].effects) == 0 {
		return vals[i]
	}
	v := (&walker{e: e}).plain(spec.Values[i])
	if !v.known() {
		return nil
	}
	return v
}

// setFirst reports whether an init function gives a variable its value, in any case, before
// anything can read it: what runs before, at the start of its package, does not come to
// a place that does.
func (e *engine) setFirst(oid objID, stores []*ast.AssignStmt) bool {
	i := slices.IndexFunc(stores, func(a *ast.AssignStmt) bool { return e.runsAtStart(a) })
	if i < 0 {
		return false
	}
	set := stores[i]
	home := e.topDecl(set).(*ast.FuncDecl)
	file := e.x.fileAt(set.Pos())
	reads := map[*unit]bool{}
	for _, id := range e.liveUses(oid) {
		if e.storeTo(id) != nil {
			continue
		}
		if u := e.graph.byNode[e.topDecl(id)]; u != nil {
			reads[u] = true
		}
	}
	seen := map[*unit]bool{}
	var comes func(u *unit) bool // to a place that reads the variable
	comes = func(u *unit) bool {
		if seen[u] {
			return false
		}
		seen[u] = true
		if reads[u] {
			return true
		}
		for _, id := range u.uses {
			if e.comesTo(id, comes) {
				return true
			}
		}
		return slices.ContainsFunc(u.objs, func(o objID) bool { return slices.ContainsFunc(e.graph.methods[o], comes) })
	}
	for _, u := range e.graph.units {
		if !sharesPackage(u.file, file) {
			continue
		}
		fd, isFunc := u.node.(*ast.FuncDecl)
		switch {
		case isFunc && fd == home:
			for _, id := range u.uses {
				if id.Pos() < set.Pos() && (e.isReadOf(id, oid) || e.comesTo(id, comes)) {
					return false
				}
			}
		case isFunc && (fd.Recv != nil || fd.Name.Name != "init"):
		default:
			if _, isType := u.node.(*ast.TypeSpec); !isType && comes(u) {
				return false
			}
		}
	}
	return true
}

// comesTo asks of the declaration that an identifier names.
func (e *engine) comesTo(id *ast.Ident, comes func(*unit) bool) bool {
	return slices.ContainsFunc(e.x.objectsAt(id), func(o types.Object) bool {
		u := e.graph.unitOf(idOf(o))
		return u != nil && comes(u)
	})
}

// isReadOf reports whether an identifier reads the variable.
func (e *engine) isReadOf(id *ast.Ident, oid objID) bool {
	return e.storeTo(id) == nil && slices.ContainsFunc(e.x.objectsAt(id), func(o types.Object) bool { return idOf(o) == oid })
}

// runsAtStart reports whether a statement of an init function runs in any case.
func (e *engine) runsAtStart(a *ast.AssignStmt) bool {
	var child ast.Node = a
	for n := e.x.parent(a); n != nil; child, n = n, e.x.parent(n) {
		switch n := n.(type) {
		case *ast.BlockStmt:
			for _, s := range n.List {
				if s == child {
					break
				}
				if e.live(s) && (contains[*ast.ReturnStmt](s) || contains[*ast.BranchStmt](s)) {
					return false
				}
			}
		case *ast.IfStmt:
			if d := e.dec[n]; d == nil || d.op != opSplice {
				return false
			}
		case *ast.FuncDecl:
			return n.Recv == nil && n.Name.Name == "init"
		default:
			return false
		}
	}
	return false
}

// setOnce reports whether a variable or a field is given its value by what a sync.Once runs, first
// thing, and each place that reads it stands behind the statement that asks for that, in the same
// function and of the same receiver.
func (e *engine) setOnce(oid objID, stores []*ast.AssignStmt) bool {
	if len(stores) != 1 {
		return false
	}
	store := stores[0]
	stmt := e.runOnce(store)
	if stmt == nil || !e.onlyOnce(stmt, stmt.X.(*ast.CallExpr)) {
		return false
	}
	home, ok := e.topDecl(stmt).(*ast.FuncDecl)
	if !ok || !slices.Contains(home.Body.List, ast.Stmt(stmt)) {
		return false
	}
	of := e.heldBy(store.Lhs[0], home)
	once := e.heldBy(stmt.X.(*ast.CallExpr).Fun.(*ast.SelectorExpr).X, home)
	if of == nil || once == nil || *of != *once {
		return false
	}
	for _, id := range e.liveUses(oid) {
		if e.storeTo(id) == store {
			continue
		}
		if kv, ok := e.x.parent(id).(*ast.KeyValueExpr); ok && kv.Key == ast.Expr(id) {
			return false // given by a literal too
		}
		by := e.heldBy(e.x.naming(id), home)
		if e.topDecl(id) != ast.Node(home) || id.Pos() < stmt.End() || by == nil || *by != *of {
			return false
		}
	}
	return true
}

// runOnce is the statement that has a sync.Once run a closure, or a function that nothing else
// names, whose first statement an assignment is.
func (e *engine) runOnce(store *ast.AssignStmt) *ast.ExprStmt {
	body, ok := e.x.parent(store).(*ast.BlockStmt)
	if !ok || body.List[0] != ast.Stmt(store) {
		return nil
	}
	var given ast.Expr
	switch f := e.x.parent(body).(type) {
	case *ast.FuncLit:
		given = f
	case *ast.FuncDecl:
		uses := e.x.usesOf(f.Name.Pos())
		if len(uses) != 1 || f.Recv != nil {
			return nil
		}
		given = uses[0]
	default:
		return nil
	}
	call, ok := e.x.parent(given).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || call.Args[0] != given {
		return nil
	}
	fn := e.x.callee(call)
	stmt, isStmt := e.x.parent(call).(*ast.ExprStmt)
	if _, isSel := call.Fun.(*ast.SelectorExpr); !isSel || !isStmt || fn == nil || fn.FullName() != "(*sync.Once).Do" {
		return nil
	}
	return stmt
}

// heldBy is the receiver of a function that holds the field which x is, the zero object for a
// package variable; nil for anything else.
func (e *engine) heldBy(x ast.Expr, home *ast.FuncDecl) *objID {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := e.x.objectAt(x).(*types.Var)
		if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return new(objID)
		}
	case *ast.SelectorExpr:
		id, ok := ast.Unparen(x.X).(*ast.Ident)
		if !ok || home.Recv == nil || len(home.Recv.List) != 1 || len(home.Recv.List[0].Names) != 1 {
			return nil
		}
		recv := home.Recv.List[0].Names[0].Pos()
		obj := e.x.objectAt(id)
		if fi := e.funcInfoOf(home, home.Type, home.Body); obj != nil && idOf(obj) == recv && len(fi.writes[recv]) == 0 && !fi.shared[recv] {
			return &recv
		}
	}
	return nil
}
