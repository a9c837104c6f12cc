package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// step is what runs at the level of a list of statements: a statement of it, or
// of an arm that is spliced into it.
type step struct {
	node ast.Node
	list token.Pos // where the scope begins that the step's own list opens
}

// steps appends what runs in place of a statement.
func (e *engine) steps(s ast.Stmt, list token.Pos, out []step) []step {
	d := e.dec[s]
	if d == nil || d.op != opSplice {
		return append(out, step{s, list})
	}
	if d.init != nil {
		out = e.steps(d.init, list, out)
	}
	for _, h := range d.hoist {
		out = append(out, step{h, list})
	}
	for _, t := range d.body {
		out = e.steps(t, list, out)
	}
	return out
}

// after returns what runs after s up to the end of the list that it stands in
// once the removal is done: where s stands in an arm that is spliced, that list
// is the one around. It refuses (false) where s stands in no list.
func (e *engine) after(s ast.Node) ([]step, bool) {
	s = e.stmtOf(s)
	var out []step
	for first := true; ; first = false {
		list, start, around := e.listAround(s)
		i := slices.IndexFunc(list, func(t ast.Stmt) bool { return ast.Node(t) == s })
		if i < 0 {
			return out, !first
		}
		for _, t := range list[i+1:] {
			out = e.steps(t, start, out)
		}
		if around == nil {
			return out, true
		}
		s = around
	}
}

// listAround returns the list of statements that s stands in, where the scope of
// the list begins, and the statement whose place it takes, when it is the arm of
// a statement that is spliced.
func (e *engine) listAround(s ast.Node) ([]ast.Stmt, token.Pos, ast.Stmt) {
	switch p := e.x.parent(s).(type) {
	case *ast.BlockStmt:
		switch q := e.x.parent(p).(type) {
		case *ast.FuncDecl:
			return p.List, q.Pos(), nil
		case *ast.FuncLit:
			if es := e.inlined(q); es != nil {
				return p.List, p.Pos(), es
			}
			return p.List, q.Pos(), nil
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return p.List, p.Pos(), p
		case ast.Stmt:
			if d := e.dec[q]; d != nil && d.op == opSplice && d.arm == ast.Node(p) {
				return p.List, p.Pos(), q
			}
		}
		return p.List, p.Pos(), nil
	case *ast.CaseClause:
		if sw, ok := e.x.parent(e.x.parent(p)).(ast.Stmt); ok {
			if d := e.dec[sw]; d != nil && d.op == opSplice && slices.Contains(d.chain, p) {
				return d.body, p.Pos(), sw
			}
		}
		return p.Body, p.Pos(), nil
	case *ast.CommClause:
		return p.Body, p.Pos(), nil
	case *ast.IfStmt: // an else-if, or the init, of a statement that is spliced
		if d := e.dec[p]; d != nil && d.op == opSplice && (ast.Node(d.init) == s || d.arm == s) {
			list := append([]ast.Stmt{}, d.body...)
			if d.init != nil {
				list = append([]ast.Stmt{d.init}, list...)
			}
			return list, p.Pos(), p
		}
	}
	return nil, token.NoPos, nil
}

// inlined returns the statement that a closure's body takes the place of.
func (e *engine) inlined(lit *ast.FuncLit) ast.Stmt {
	call, ok := e.x.parent(lit).(*ast.CallExpr)
	if !ok {
		return nil
	}
	es, ok := e.x.parent(call).(*ast.ExprStmt)
	if !ok {
		return nil
	}
	if d := e.dec[es]; d == nil || d.op != opSplice || d.inner != lit.Body {
		return nil
	}
	return es
}

func (e *engine) stmtOf(s ast.Node) ast.Node {
	if _, ok := s.(*ast.ValueSpec); ok {
		if ds, ok := e.x.parent(e.x.parent(s)).(*ast.DeclStmt); ok {
			return ds
		}
	}
	return s
}

// nextWrite looks for what comes first after s, an assignment that gives the
// variable a new value or anything else that uses it. It returns the assignment;
// or nil and true when the variable is out of scope before any use of it, nil
// and false when its value may be read.
func (e *engine) nextWrite(id *ast.Ident, s ast.Node) (*ast.AssignStmt, bool) {
	obj := e.x.objectAt(id)
	if obj == nil {
		return nil, false
	}
	oid := idOf(obj)
	fd := e.topDecl(s)
	fi := e.funcs[fd]
	// What is shared with a closure, or by its address, can be read by anyone from
	// then on: of a declaration, from where the variable is named first.
	declared := id.Pos() == oid
	if fi != nil && fi.observed[oid] && !declared {
		return nil, false
	}
	if fi == nil || fi.hasGoto || !declared && (fi.shared[oid] || e.inClosure(oid)) {
		return nil, !e.anyLiveRead(id)
	}
	rest, ok := e.after(s)
	if !ok {
		return nil, !e.anyLiveRead(id)
	}
	jumps := false // control may leave before, to where the variable still lives
	start := token.NoPos
	for _, r := range rest {
		reads, writes := e.usesIn(r.node, oid)
		start = r.list
		switch {
		case reads:
			return nil, false
		case writes:
			a, ok := r.node.(*ast.AssignStmt)
			if !ok || a.Tok != token.ASSIGN && a.Tok != token.DEFINE || jumps && oid < r.list {
				return nil, false
			}
			return a, true
		}
		jumps = jumps || e.leaves(r.node)
	}
	if start == token.NoPos {
		_, start, _ = e.listAround(e.stmtOf(s))
	}
	// The list ends without a use. What was declared in it is out of scope; of an
	// outer variable it is not known who reads it next.
	return nil, oid >= start
}

// usesIn reports whether n reads or writes a variable, as far as it survives.
func (e *engine) usesIn(n ast.Node, oid objID) (reads, writes bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		u, ok := n.(*ast.Ident)
		if !ok || !slices.ContainsFunc(e.x.objectsAt(u), func(o types.Object) bool { return idOf(o) == oid }) || !e.live(u) {
			return true
		}
		if e.x.isRead(u) {
			reads = true
		} else {
			writes = true
		}
		return true
	})
	return reads, writes
}

// leaves reports whether a jump out of a list may stand in n.
func (e *engine) leaves(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && e.live(b) {
			found = true
		}
		return !found
	})
	return found
}

// mayBeRead reports whether the value that s gives the variable may still be read.
func (e *engine) mayBeRead(id *ast.Ident, s ast.Node) bool {
	_, ok := e.nextWrite(id, s)
	return !ok
}

// declaresHere reports whether an identifier on the left of an assignment, or in
// a specification, declares its variable there after the removal.
func (e *engine) declaresHere(id *ast.Ident, s ast.Node) bool {
	if e.x.objs[id.Pos()] != nil {
		return !e.reused[id]
	}
	obj := e.x.objectAt(id)
	return obj != nil && ast.Node(e.moved[idOf(obj)]) == s
}

// overridden reports whether the value that s gives a variable is lost now: an
// arm that takes its statement's place gives it another before it is read, or
// what read it in between is gone (DefaultThenOverride). A declaration moves to
// that assignment; where it cannot, the answer is no.
func (e *engine) overridden(l ast.Expr, s ast.Node) bool {
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok || id.Name == "_" {
		return false
	}
	obj := e.x.objectAt(id)
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || e.x.decl(idOf(obj)) != nil {
		return false
	}
	a, ok := e.nextWrite(id, s)
	if !ok || a == nil || !e.comesNearer(idOf(obj), s, a) {
		return false
	}
	return !e.declaresHere(id, s) || e.moveDeclaration(id, s)
}

// comesNearer reports whether the removal is why a follows s: a stood in another
// list, or a use of the variable between them is gone.
func (e *engine) comesNearer(oid objID, s ast.Node, a *ast.AssignStmt) bool {
	if e.x.parent(e.stmtOf(s)) != e.x.parent(a) {
		return true
	}
	return slices.ContainsFunc(e.x.usesOf(oid), func(u *ast.Ident) bool {
		return s.End() <= u.Pos() && u.Pos() < a.End() && !e.live(u)
	})
}

// moveDeclaration makes the next assignment declare the variable in place of s,
// where that gives it the same type and declares nothing else in a nearer scope.
func (e *engine) moveDeclaration(id *ast.Ident, s ast.Node) bool {
	obj := e.x.objectAt(id)
	a, _ := e.nextWrite(id, s)
	if a == nil {
		return false
	}
	at := slices.IndexFunc(a.Lhs, func(l ast.Expr) bool {
		u, ok := l.(*ast.Ident)
		return ok && e.x.objectAt(u) == obj
	})
	if at < 0 {
		return false
	}
	if !types.Identical(e.assignedType(a, at), obj.Type()) {
		if e.mergeDeclaration(obj, s, a) {
			return true
		}
		if !e.convertLiteral(obj, a, at) {
			return false
		}
	}
	if a.Tok == token.ASSIGN {
		scopes := e.scopesBetween(s, a)
		for i, l := range a.Lhs {
			u, ok := l.(*ast.Ident)
			if !ok {
				return false
			}
			if i == at || u.Name == "_" {
				continue
			}
			if o := e.x.objectAt(u); o == nil || o.Parent() != obj.Parent() && !slices.Contains(scopes, o.Parent()) {
				return false
			}
		}
	}
	e.moved[idOf(obj)] = a
	return true
}

// mergeDeclaration moves a declaration that names its type, var r io.Reader, to
// the assignment with that type.
func (e *engine) mergeDeclaration(obj types.Object, s ast.Node, a *ast.AssignStmt) bool {
	vs, ok := s.(*ast.ValueSpec)
	if !ok || len(vs.Names) != 1 || vs.Type == nil || len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN {
		return false
	}
	g, ok := e.x.parent(vs).(*ast.GenDecl)
	if !ok || len(g.Specs) != 1 {
		return false
	}
	if _, ok := a.Lhs[0].(*ast.Ident); !ok || e.x.parent(a) == nil || !e.inList(a) {
		return false
	}
	e.moved[idOf(obj)] = a
	e.movedType[a] = vs.Type
	e.hoisted[vs.Type] = a
	return true
}

// convertLiteral has a literal that declares a variable now written with its type,
// d := time.Duration(0), where d = 0 took it from the declaration before.
func (e *engine) convertLiteral(obj types.Object, a *ast.AssignStmt, at int) bool {
	if len(a.Lhs) != len(a.Rhs) {
		return false
	}
	lit, ok := a.Rhs[at].(*ast.BasicLit)
	if !ok || isInterface(obj.Type()) || !e.hasName(obj.Type(), a) {
		return false
	}
	if d := e.dec[lit]; d != nil {
		return d.op == opLit
	}
	c := e.constantOf(lit)
	if c == nil || constantText(c, obj.Type()) != lit.Value {
		return false
	}
	e.dec[lit] = &decision{op: opLit, val: &value{c: c}}
	return true
}

// hasName reports whether a type that is no type literal can be named at n.
func (e *engine) hasName(t types.Type, n ast.Node) bool {
	var tn *types.TypeName
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		tn, _ = types.Universe.Lookup(t.Name()).(*types.TypeName)
	case *types.Named:
		if t.TypeArgs().Len() == 0 {
			tn = t.Obj()
		}
	}
	f := e.x.fileAt(n.Pos())
	if tn == nil || f == nil {
		return false
	}
	for _, v := range f.views {
		in := v.Types.Scope().Innermost(n.Pos())
		if in == nil {
			return false
		}
		if tn.Pkg() == nil || tn.Pkg() == v.Types {
			if _, o := in.LookupParent(tn.Name(), n.Pos()); o != types.Object(tn) {
				return false
			}
			continue
		}
		_, o := in.LookupParent(tn.Pkg().Name(), n.Pos())
		if p, ok := o.(*types.PkgName); !ok || p.Imported().Path() != tn.Pkg().Path() || !tn.Exported() {
			return false
		}
	}
	return true
}

// typedMove returns the type that an assignment names when it declares its
// variable as var x T = …
func (e *engine) typedMove(a *ast.AssignStmt) ast.Expr {
	t := e.movedType[a]
	if t == nil {
		return nil
	}
	if id, ok := a.Lhs[0].(*ast.Ident); !ok || !e.declaresHere(id, a) {
		return nil
	}
	return t
}

// scopesBetween are the scopes that become one with that of s, because their
// statements are spliced, on the way out from a.
func (e *engine) scopesBetween(s ast.Node, a ast.Node) []*types.Scope {
	info := e.x.infoFor(a)
	stop := e.x.parent(e.stmtOf(s))
	var out []*types.Scope
	for p := e.x.parent(a); p != nil && p != stop; p = e.x.parent(p) {
		if sc := info.Scopes[p]; sc != nil {
			out = append(out, sc)
		}
	}
	return out
}

// assignedType is the type that the i-th variable would get if the assignment
// declared it.
func (e *engine) assignedType(a *ast.AssignStmt, i int) types.Type {
	if len(a.Rhs) == len(a.Lhs) {
		return e.declaredType(a.Rhs[i])
	}
	if t, ok := e.x.typeOf(a.Rhs[0]).(*types.Tuple); ok && i < t.Len() {
		return t.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// declaredType is the type of a variable that is declared with the value x: of
// an untyped constant, which go/types reports with the type that its place gave
// it, the default one.
func (e *engine) declaredType(x ast.Expr) types.Type {
	if s := e.seeds[ast.Unparen(x)]; s != nil {
		return e.x.typeOf(x) // its literal gets a conversion where it needs one
	}
	info := e.x.infoFor(x)
	if info == nil || info.Types[x].IsNil() {
		return types.Typ[types.Invalid]
	}
	if k := e.untypedKind(x); k != types.Invalid {
		return types.Default(types.Typ[k])
	}
	return info.TypeOf(x)
}

// untypedKind is the kind of an untyped expression, Invalid of a typed one.
func (e *engine) untypedKind(x ast.Expr) types.BasicKind {
	switch x := ast.Unparen(x).(type) {
	case *ast.BasicLit:
		switch x.Kind {
		case token.INT:
			return types.UntypedInt
		case token.CHAR:
			return types.UntypedRune
		case token.FLOAT:
			return types.UntypedFloat
		case token.IMAG:
			return types.UntypedComplex
		}
		return types.UntypedString
	case *ast.Ident:
		return untypedObject(e.x.objectAt(x))
	case *ast.SelectorExpr:
		return untypedObject(e.x.objectAt(x.Sel))
	case *ast.UnaryExpr:
		if x.Op != token.AND && x.Op != token.ARROW {
			return e.untypedKind(x.X)
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return types.UntypedBool
		case token.SHL, token.SHR:
			return e.untypedKind(x.X)
		}
		kx, ky := e.untypedKind(x.X), e.untypedKind(x.Y)
		if kx == types.Invalid || ky == types.Invalid {
			return types.Invalid
		}
		return max(kx, ky)
	}
	return types.Invalid
}

func untypedObject(o types.Object) types.BasicKind {
	c, ok := o.(*types.Const)
	if !ok {
		return types.Invalid
	}
	if b, ok := c.Type().(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return b.Kind()
	}
	return types.Invalid
}
