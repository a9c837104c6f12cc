package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// option is a function that returns a closure which gives one field a value:
// func WithX(on bool) Option { return func(s *T) { s.x = on } }.
type option struct {
	decl  *ast.FuncDecl
	lit   *ast.FuncLit
	write *ast.AssignStmt
}

// optionOf returns the option that a write of a field belongs to, nil when it
// stands anywhere else.
func (e *engine) optionOf(write ast.Node) *option {
	a, ok := write.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || a.Tok != token.ASSIGN {
		return nil
	}
	body, ok := e.x.parent(a).(*ast.BlockStmt)
	if !ok {
		return nil
	}
	lit, ok := e.x.parent(body).(*ast.FuncLit)
	if !ok || lit.Type.Params.NumFields() != 1 || lit.Type.Results != nil || len(lit.Type.Params.List[0].Names) != 1 {
		return nil
	}
	sel, ok := a.Lhs[0].(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if x, ok := sel.X.(*ast.Ident); !ok || e.x.objectAt(x) == nil || idOf(e.x.objectAt(x)) != lit.Type.Params.List[0].Names[0].Pos() {
		return nil
	}
	ret, ok := e.x.parent(lit).(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return nil
	}
	fd, ok := e.x.parent(e.x.parent(ret)).(*ast.FuncDecl)
	if !ok || fd.Recv != nil || len(fd.Body.List) != 1 || e.x.fileAt(fd.Pos()).test {
		return nil
	}
	return &option{fd, lit, a}
}

// optionValue is the value that an option gives a field, when the flag made it
// and every value of the struct gets the option: one constructor makes them all,
// applies its options before anything reads the field, and is called with this
// option everywhere. What the field is before does not matter then. Nil otherwise.
func (e *engine) optionValue(oid objID, uses []fieldUse) *value {
	var opt *option
	var v *value
	for _, u := range uses {
		switch {
		case u.test:
		case u.write == nil:
			if enclosingLit(e.x, u.id) != nil && !e.inMethodOf(u.id, oid) {
				return nil // another option may read it before this one is applied
			}
		default:
			if _, entry := u.write.(*ast.KeyValueExpr); entry {
				continue
			}
			o := e.optionOf(u.write)
			if o == nil || opt != nil {
				return nil
			}
			opt, v = o, e.writtenValue(u)
		}
	}
	if opt == nil || !v.decided() || v.dyn != nil || isInterface(e.x.objs[oid].Type()) {
		return nil
	}
	spec, ok := enclosing[*ast.TypeSpec](e.x, e.x.decl(oid))
	if !ok || spec.TypeParams != nil {
		return nil
	}
	made := e.constructor(spec)
	if made == nil || !e.appliesFirst(made) || !e.optionsOnlySet(spec) || !e.alwaysGiven(made, opt, 0) {
		return nil
	}
	return v.lasting()
}

// inMethodOf reports whether n stands in a method of the struct that has a field.
func (e *engine) inMethodOf(n ast.Node, field objID) bool {
	fd, ok := e.topDecl(n).(*ast.FuncDecl)
	spec, isType := enclosing[*ast.TypeSpec](e.x, e.x.decl(field))
	if !ok || !isType || fd.Recv == nil || len(fd.Recv.List) != 1 {
		return false
	}
	id := recvIdent(fd.Recv.List[0].Type)
	obj := types.Object(nil)
	if id != nil {
		obj = e.x.objectAt(id)
	}
	return obj != nil && idOf(obj) == spec.Name.Pos()
}

// optionsOnlySet reports whether the closures that take a struct, as options do, only
// name its fields: what they call could read one that another option is yet to give.
func (e *engine) optionsOnlySet(spec *ast.TypeSpec) bool {
	for _, id := range e.x.usesOf(spec.Name.Pos()) {
		f, ok := enclosing[*ast.Field](e.x, id)
		if !ok || e.supportsTests(id) {
			continue
		}
		lit, ok := e.x.parent(e.x.parent(e.x.parent(f))).(*ast.FuncLit)
		if !ok || !slices.Contains(lit.Type.Params.List, f) {
			continue
		}
		for _, name := range f.Names {
			for _, u := range e.x.usesOf(name.Pos()) {
				sel, ok := e.x.parent(u).(*ast.SelectorExpr)
				if !ok {
					return false
				}
				if v, ok := e.x.objectAt(sel.Sel).(*types.Var); !ok || !v.IsField() {
					return false
				}
			}
		}
	}
	return true
}

func enclosingLit(x *index, n ast.Node) *ast.FuncLit {
	for p := x.parent(n); p != nil; p = x.parent(p) {
		if lit, ok := p.(*ast.FuncLit); ok {
			return lit
		}
	}
	return nil
}

// constructor returns the one literal of a struct type in production code, when
// nothing else there makes a value of it.
func (e *engine) constructor(spec *ast.TypeSpec) *ast.CompositeLit {
	var made *ast.CompositeLit
	for _, lit := range e.literalsOf(spec.Name.Pos()) {
		if e.x.fileAt(lit.Pos()).test || !e.live(lit) {
			continue
		}
		if made != nil {
			return nil
		}
		made = lit
	}
	for _, id := range e.x.usesOf(spec.Name.Pos()) {
		if !e.x.fileAt(id.Pos()).test && e.live(id) && e.makesZero(id, spec.Name.Pos()) {
			return nil
		}
	}
	return made
}

// appliesFirst reports whether the function around a literal is s := &T{…},
// for _, o := range options { o(s) }, with nothing between that could read s.
func (e *engine) appliesFirst(made *ast.CompositeLit) bool {
	fd, ok := e.topDecl(made).(*ast.FuncDecl)
	if !ok || fd.Recv != nil || !variadic(fd) || enclosingLit(e.x, made) != nil {
		return false
	}
	last := fd.Type.Params.List[len(fd.Type.Params.List)-1]
	if len(last.Names) != 1 {
		return false
	}
	u, ok := e.x.parent(made).(*ast.UnaryExpr)
	if !ok {
		return false
	}
	a, ok := e.x.parent(u).(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE || len(a.Lhs) != 1 || e.x.parent(a) != ast.Node(fd.Body) {
		return false
	}
	id, ok := a.Lhs[0].(*ast.Ident)
	if !ok {
		return false
	}
	var loop *ast.RangeStmt
	for _, o := range e.x.usesOf(last.Names[0].Pos()) {
		s, ok := e.x.parent(o).(*ast.RangeStmt)
		if !ok || s.X != ast.Expr(o) || loop != nil || e.x.parent(s) != ast.Node(fd.Body) {
			return false
		}
		loop = s
	}
	if loop == nil || loop.Pos() < a.Pos() || len(loop.Body.List) != 1 {
		return false
	}
	es, ok := loop.Body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := es.X.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	f, ok1 := call.Fun.(*ast.Ident)
	arg, ok2 := call.Args[0].(*ast.Ident)
	val, ok3 := loop.Value.(*ast.Ident)
	if !ok1 || !ok2 || !ok3 || e.x.objectAt(f) == nil || idOf(e.x.objectAt(f)) != val.Pos() ||
		e.x.objectAt(arg) == nil || idOf(e.x.objectAt(arg)) != id.Pos() {
		return false
	}
	return !slices.ContainsFunc(e.x.usesOf(id.Pos()), func(use *ast.Ident) bool {
		return use.Pos() < loop.Pos() && !e.setsOwnField(use)
	})
}

// setsOwnField reports whether a variable is named where one of its own fields is
// assigned something plain, s.f = x or s.f = s, so that nobody else sees it.
func (e *engine) setsOwnField(use *ast.Ident) bool {
	a, ok := enclosing[*ast.AssignStmt](e.x, use)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || !e.idle(a.Rhs[0]) {
		return false
	}
	sel, ok := a.Lhs[0].(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && e.x.objectAt(x) == e.x.objectAt(use) && (x == use || a.Rhs[0] == ast.Expr(use))
}

// supportsTests reports whether code is of tests, or of a package that tests
// share: one that imports package testing.
func (e *engine) supportsTests(n ast.Node) bool {
	f := e.x.fileAt(n.Pos())
	return f.test || f.ast.Name.Name != "main" && slices.ContainsFunc(f.ast.Imports, func(im *ast.ImportSpec) bool { return im.Path.Value == `"testing"` })
}

// alwaysGiven reports whether production code calls the function around a literal
// with the option each time, and uses it for nothing else. depth is how many builders
// hand the option on.
func (e *engine) alwaysGiven(made *ast.CompositeLit, opt *option, depth int) bool {
	calls, ok := e.productionCalls(e.topDecl(made).(*ast.FuncDecl))
	return ok && len(calls) > 0 && !slices.ContainsFunc(calls, func(c *ast.CallExpr) bool {
		return !e.isGiven(c, opt) && !e.builtWith(c, opt, depth)
	})
}

// productionCalls returns the calls of a function other than those for tests. It
// refuses where other modules may call it, and where it is used as a value.
func (e *engine) productionCalls(fd *ast.FuncDecl) ([]*ast.CallExpr, bool) {
	u := e.graph.unitOf(fd.Name.Pos())
	if u == nil || ast.IsExported(fd.Name.Name) && !e.graph.internal(u) && !e.opts.Unsafe {
		return nil, false
	}
	var out []*ast.CallExpr
	for _, id := range e.x.usesOf(fd.Name.Pos()) {
		if e.supportsTests(id) || !e.live(id) {
			continue
		}
		call := e.callOf(id)
		if call == nil {
			return nil, false
		}
		out = append(out, call)
	}
	return out, true
}

// isGiven reports whether an option is among the arguments of a call, or in the list
// that is spread into them.
func (e *engine) isGiven(call *ast.CallExpr, opt *option) bool {
	args := call.Args
	if call.Ellipsis.IsValid() {
		lit, ok := ast.Unparen(args[len(args)-1]).(*ast.CompositeLit)
		if !ok {
			return false
		}
		args = lit.Elts
	}
	return slices.ContainsFunc(args, func(a ast.Expr) bool {
		c, ok := ast.Unparen(a).(*ast.CallExpr)
		if !ok {
			return false
		}
		fn := e.x.callee(c)
		return fn != nil && idOf(fn) == opt.decl.Name.Pos()
	})
}

// builtWith reports whether a call spreads a field of a builder that always holds the
// option: an option of the builder's alone gives it, which all builders get, and which
// is given this option each time.
func (e *engine) builtWith(call *ast.CallExpr, opt *option, depth int) bool {
	if !call.Ellipsis.IsValid() || depth > 3 {
		return false
	}
	sel, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := e.x.objectAt(sel.Sel).(*types.Var)
	if !ok || !f.IsField() || e.x.decl(idOf(f)) == nil || !e.fieldIsOurs(idOf(f)) {
		return false
	}
	outer := e.listOption(idOf(f))
	spec, ok := enclosing[*ast.TypeSpec](e.x, e.x.decl(idOf(f)))
	if outer == nil || !ok || spec.TypeParams != nil {
		return false
	}
	calls, ok := e.productionCalls(outer.decl)
	if !ok || slices.ContainsFunc(calls, func(c *ast.CallExpr) bool { return !e.isGiven(c, opt) }) {
		return false
	}
	made := e.constructor(spec)
	return made != nil && e.appliesFirst(made) && e.alwaysGiven(made, outer, depth+1)
}

// listOption returns the option that alone gives a field of a builder its list: all of
// its own arguments. Nil where there is none, or anything but calls takes the list.
func (e *engine) listOption(field objID) *option {
	uses, ok := e.fieldUses(field)
	if !ok {
		return nil
	}
	var opt *option
	for _, u := range uses {
		if u.test {
			continue
		}
		if u.write == nil {
			sel := e.x.parent(u.id)
			if c, ok := e.x.parent(sel).(*ast.CallExpr); !ok || !c.Ellipsis.IsValid() || ast.Node(c.Args[len(c.Args)-1]) != sel {
				return nil
			}
			continue
		}
		o := e.optionOf(u.write)
		if o == nil || opt != nil || !variadic(o.decl) {
			return nil
		}
		last := o.decl.Type.Params.List[len(o.decl.Type.Params.List)-1]
		id, ok := ast.Unparen(u.value).(*ast.Ident)
		if !ok || len(last.Names) != 1 || e.x.objectAt(id) == nil || idOf(e.x.objectAt(id)) != last.Names[0].Pos() {
			return nil
		}
		opt = o
	}
	return opt
}

// learnOptions finds options of whose closure nothing is left, because the field
// that it wrote goes: they go from the calls and lists that are given them.
func (e *engine) learnOptions() bool {
	changed := false
	for oid := range e.dead {
		if f, ok := e.x.decl(oid).(*ast.Field); !ok || f.Tag != nil {
			continue
		}
		for _, id := range e.x.usesOf(oid) {
			sel, ok := e.x.parent(id).(*ast.SelectorExpr)
			if !ok {
				continue
			}
			opt := e.optionOf(e.x.parent(sel))
			if opt == nil || len(opt.lit.Body.List) != 1 || e.options[opt.decl] || !e.optionGoes(opt) {
				continue
			}
			e.options[opt.decl] = true
			e.dead[opt.decl.Name.Pos()] = true
			e.reachUses(opt.decl.Name.Pos())
			changed = true
		}
	}
	return changed
}

// optionGoes reports whether an option can be left out wherever it is given.
func (e *engine) optionGoes(opt *option) bool {
	oid := opt.decl.Name.Pos()
	u := e.graph.unitOf(oid)
	if u == nil || e.pinned[oid] || ast.IsExported(opt.decl.Name.Name) && !e.graph.internal(u) && !e.opts.Unsafe {
		return false
	}
	for _, id := range e.x.usesOf(oid) {
		if !e.live(id) {
			continue
		}
		call := e.callOf(id)
		if call == nil || !e.x.fileAt(id.Pos()).editable() ||
			slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return !e.idle(a) }) {
			return false
		}
		switch p := e.x.parent(call).(type) {
		case *ast.CompositeLit:
			if _, isSlice := under(e.x.typeOf(p)).(*types.Slice); !isSlice {
				return false
			}
		case *ast.CallExpr:
			sig, ok := under(e.x.typeOf(p.Fun)).(*types.Signature)
			if !ok || !sig.Variadic() || p.Ellipsis.IsValid() || slices.Index(p.Args, ast.Expr(call)) < sig.Params().Len()-1 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// dropOptions decides the places that are given an option which goes.
func (e *engine) dropOptions() {
	for fd := range e.options {
		for _, id := range e.x.usesOf(fd.Name.Pos()) {
			call := e.callOf(id)
			if call == nil {
				continue
			}
			switch p := e.x.parent(call).(type) {
			case *ast.CompositeLit:
				e.dec[call] = &decision{op: opDrop}
			case *ast.CallExpr:
				d := e.dec[p]
				if d == nil || d.op != opArgs {
					if d != nil && d.op != opNone {
						continue
					}
					d = &decision{op: opArgs, drop: make([]bool, len(p.Args))}
					e.dec[p] = d
				}
				d.drop[slices.Index(p.Args, ast.Expr(call))] = true
			}
		}
	}
}
