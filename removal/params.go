package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// paramGoes reports whether the function loses its i-th parameter: every caller
// passes the flag's value there, or nothing reads it any more.
func (e *engine) paramGoes(fn *types.Func, i int) bool {
	return fn != nil && e.params[idOf(fn)][i]
}

// learnParams finds parameters that every caller passes the flag's value, and
// parameters whose last read the removal took. It reports whether there are new
// ones.
func (e *engine) learnParams() bool {
	changed := false
	for _, oid := range e.paramCandidates() {
		fd, ok := e.x.decl(oid).(*ast.FuncDecl)
		if !ok || e.dead[oid] || e.pinned[oid] { // pinned: its callers are not all known
			continue
		}
		calls, handed, ok := e.staticCalls(fd)
		if !ok || len(calls) == 0 && !handed {
			continue
		}
		i := -1
		for _, f := range fd.Type.Params.List {
			if _, variadic := f.Type.(*ast.Ellipsis); variadic {
				break
			}
			names := f.Names
			if len(names) == 0 {
				names = []*ast.Ident{nil}
			}
			for _, id := range names {
				i++
				if id == nil || e.params[oid][i] || e.pinned[id.Pos()] {
					continue
				}
				if e.learnParam(fd, id, i, calls, handed) {
					changed = true
				}
			}
		}
	}
	return changed
}

// paramCandidates are the functions that are called with the flag's value, and
// those whose body the removal reached.
func (e *engine) paramCandidates() []objID {
	var out []objID
	for call, vals := range e.args {
		if slices.ContainsFunc(vals, (*value).decided) {
			if fn := e.x.callee(call); fn != nil {
				out = append(out, idOf(fn))
			}
		}
	}
	for d := range e.reached {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Type.Params.NumFields() > 0 {
			out = append(out, fd.Name.Pos())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// staticCalls returns the calls of a function that survive. It refuses (ok is
// false) where the signature is not the callers' alone: the function is visible to
// other modules, used as a value, or may be called through an interface. With
// Unsafe, a function may also be handed to what takes any value: a container that
// injects by reflection what the parameters ask for.
func (e *engine) staticCalls(fd *ast.FuncDecl) (calls []*ast.CallExpr, handed, ok bool) {
	oid := fd.Name.Pos()
	u := e.graph.unitOf(oid)
	if u == nil || fd.Body == nil || !u.file.editable() || hasDirective(fd.Doc) ||
		ast.IsExported(fd.Name.Name) && !e.graph.internal(u) && !e.opts.Unsafe {
		return nil, false, false
	}
	if fd.Recv == nil && (fd.Name.Name == "main" || fd.Name.Name == "init") || u.file.test && isTestName(fd.Name.Name) {
		return nil, false, false
	}
	if fd.Recv != nil && e.graph.satisfies(u, fd.Name.Name) {
		return nil, false, false
	}
	n := 0
	for _, f := range fd.Type.Params.List {
		n += max(1, len(f.Names))
	}
	for _, id := range e.x.usesOf(oid) {
		if !e.live(id) {
			continue
		}
		if objs := e.x.objectsAt(id); len(objs) != 1 {
			return nil, false, false // another function under another build configuration
		}
		call := e.callOf(id)
		if call == nil && e.opts.Unsafe && e.givenAsAny(id) {
			handed = true
			continue
		}
		if call == nil || !e.x.fileAt(id.Pos()).editable() {
			return nil, false, false
		}
		if len(call.Args) < n && !(variadic(fd) && len(call.Args) == n-1) {
			return nil, false, false // f(g())
		}
		calls = append(calls, call)
	}
	return calls, handed, true
}

// givenAsAny reports whether a function is an argument for which any value does.
func (e *engine) givenAsAny(id *ast.Ident) bool {
	x := e.x.naming(id)
	// an element of a list or map of such values
	elem := e.x.parent(x)
	if kv, ok := elem.(*ast.KeyValueExpr); ok && kv.Value == x {
		elem = e.x.parent(kv)
	}
	if lit, ok := elem.(*ast.CompositeLit); ok {
		switch t := under(e.x.typeOf(lit)).(type) {
		case *types.Map:
			return isAny(t.Elem())
		case *types.Slice:
			return isAny(t.Elem())
		}
		return false
	}
	call, ok := e.x.parent(x).(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() {
		return false
	}
	i := slices.Index(call.Args, x)
	sig, ok := under(e.x.typeOf(call.Fun)).(*types.Signature)
	if i < 0 || !ok {
		return false
	}
	var t types.Type
	if n := sig.Params().Len(); i < n && !(sig.Variadic() && i == n-1) {
		t = sig.Params().At(i).Type()
	} else if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
		t = s.Elem()
	}
	it, ok := under(t).(*types.Interface)
	return ok && it.Empty()
}

func variadic(fd *ast.FuncDecl) bool {
	l := fd.Type.Params.List
	if len(l) == 0 {
		return false
	}
	_, ok := l[len(l)-1].Type.(*ast.Ellipsis)
	return ok
}

// callOf returns the call whose function is named by id, nil when id stands
// anywhere else.
func (e *engine) callOf(id *ast.Ident) *ast.CallExpr {
	var x ast.Expr = id
	for {
		switch p := e.x.parent(x).(type) {
		case *ast.SelectorExpr:
			if p.Sel != id {
				return nil
			}
			if _, isType := e.x.typeOf(p.X).(*types.Named); isType {
				if info := e.x.infoFor(p); info != nil && info.Types[p.X].IsType() {
					return nil // a method expression
				}
			}
			x = p
		case *ast.IndexExpr:
			if p.X != x {
				return nil
			}
			x = p
		case *ast.IndexListExpr:
			if p.X != x {
				return nil
			}
			x = p
		case *ast.ParenExpr:
			x = p
		case *ast.CallExpr:
			if p.Fun != x {
				return nil
			}
			return p
		default:
			return nil
		}
	}
}

// learnParam decides one parameter.
func (e *engine) learnParam(fd *ast.FuncDecl, id *ast.Ident, i int, calls []*ast.CallExpr, handed bool) bool {
	oid := id.Pos()
	if fi := e.funcInfoOf(fd, fd.Type, fd.Body); fi.shared[oid] || len(fi.writes[oid]) > 0 {
		return false
	}
	if e.infers(fd, id) {
		return false
	}
	reads, live := 0, 0
	for _, u := range e.x.usesOf(oid) {
		if e.x.isRead(u) {
			reads++
			if e.live(u) {
				live++
			}
		} else if e.live(u) {
			return false
		}
	}
	for _, c := range calls {
		if i >= len(c.Args) || !e.idle(c.Args[i]) || c.Ellipsis.IsValid() && i == len(c.Args)-1 {
			return false
		}
		// The effects of an evaluation run while the argument is there.
		if vals := e.args[c]; i < len(vals) && vals[i] != nil && len(vals[i].effects) > 0 {
			return false
		}
	}
	if reads > 0 && live == 0 && !isContext(e.x.objs[oid].Type()) {
		return e.setParam(fd, i, oid, nil)
	}
	if handed {
		return false // what it is called with is not known
	}
	var v *value
	var inTests []*ast.CallExpr
	for _, c := range calls {
		if e.x.fileAt(c.Pos()).test && !e.x.fileAt(fd.Pos()).test {
			inTests = append(inTests, c)
			continue
		}
		a := e.argValue(c, i)
		if a == nil {
			// a recursive call that hands the parameter on says nothing new
			if u, ok := ast.Unparen(c.Args[i]).(*ast.Ident); ok && e.x.objectAt(u) != nil && idOf(e.x.objectAt(u)) == oid {
				continue
			}
			return false
		}
		if v == nil {
			v = a
		} else if v = merge(v, a); v == nil {
			return false
		}
	}
	if !v.decided() {
		return false
	}
	for _, c := range inTests {
		a := e.argValue(c, i)
		if (a == nil || !sameValue(v, a)) && !e.testsFollow(c.Args[i], v) {
			return false
		}
	}
	if v.fn != nil || isInterface(e.x.objs[oid].Type()) && !v.isNil {
		return false
	}
	return e.setParam(fd, i, oid, v)
}

// testsFollow reports whether it can be told for which state of the flag a test
// passes an argument where production code passes v: a constant, a column of a
// table, a loop's variable, a parameter of a helper.
func (e *engine) testsFollow(x ast.Expr, v *value) bool {
	if v.c == nil || v.c.Kind() != constant.Bool || e.tests == nil {
		return false
	}
	t := goConstant(e.targets[e.keyOf(v)])
	if t == nil || t.Kind() != constant.Bool || e.keepsTests(x) {
		return false
	}
	if e.constantOf(x) != nil {
		return true
	}
	src := e.tests.source(x)
	return src.obj != nil && !src.restore && !e.ofHandedLiteral(src.obj)
}

// ofHandedLiteral reports whether an object is a parameter of a function literal
// that is an argument of a call, so that what it is called with is not known. Entries
// of a table are.
func (e *engine) ofHandedLiteral(obj types.Object) bool {
	id := e.identAt(idOf(obj))
	if id == nil {
		return false
	}
	f, ok := e.x.parent(id).(*ast.Field)
	if !ok {
		return false
	}
	lit, ok := enclosing[*ast.FuncLit](e.x, f)
	if !ok || !slices.Contains(lit.Type.Params.List, f) {
		return false
	}
	call, ok := e.x.parent(lit).(*ast.CallExpr)
	return ok && slices.Contains(call.Args, ast.Expr(lit)) && e.tests.entriesOf(lit) == nil
}

// findParams adds the calls in tests of functions that lose a parameter, because
// production code passes the flag's value: what a test passes is the state that
// it is about.
func (p *testPlan) findParams() {
	e := p.e
	for oid, gone := range e.params {
		fd, ok := e.x.decl(oid).(*ast.FuncDecl)
		if !ok || e.x.fileAt(oid).test {
			continue
		}
		i := -1
		for _, f := range fd.Type.Params.List {
			for _, id := range f.Names {
				i++
				v := e.objConst[id.Pos()]
				if !gone[i] || v == nil || v.c == nil || v.c.Kind() != constant.Bool {
					continue
				}
				key := e.keyOf(v)
				on := goConstant(e.targets[key])
				if on == nil || on.Kind() != constant.Bool {
					continue
				}
				for _, u := range e.x.usesOf(oid) {
					if c := e.callOf(u); c != nil && i < len(c.Args) && e.x.fileAt(u.Pos()).test && !e.keepsTests(c) {
						p.addParam(key, c, c.Args[i], v.c, on)
					}
				}
			}
		}
	}
}

// addParam adds the site of one argument: where it is v, the flag is as it stays.
func (p *testPlan) addParam(key string, c *ast.CallExpr, arg ast.Expr, v, on constant.Value) {
	s := &site{
		ref: &flagref.Reference{Kind: flagref.Override, Key: key, Node: c, SetNode: arg, Test: true},
		key: key, node: arg, value: arg, scope: p.scopeOf(c),
		through: func(c constant.Value) constant.Value {
			if c == nil || c.Kind() != constant.Bool {
				return nil
			}
			if constant.Compare(c, token.EQL, v) {
				return on
			}
			return opposite(on)
		},
	}
	if k := p.e.constantOf(arg); k != nil {
		s.c = s.through(k)
	}
	p.e.reach(c)
	p.sites = append(p.sites, s)
}

// infers reports whether calls of a generic function may need the parameter to
// tell its type parameters: whether no other one that stays has the same.
func (e *engine) infers(fd *ast.FuncDecl, param *ast.Ident) bool {
	fn, ok := e.x.objs[fd.Name.Pos()].(*types.Func)
	if !ok {
		return false
	}
	for t := range fn.Signature().TypeParams().TypeParams() {
		named := func(x ast.Expr) bool {
			found := false
			ast.Inspect(x, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					o := e.x.objectAt(id)
					found = found || o != nil && idOf(o) == idOf(t.Obj())
				}
				return !found
			})
			return found
		}
		here, other, i := false, false, -1
		for _, f := range fd.Type.Params.List {
			for _, id := range f.Names {
				i++
				switch {
				case id == param:
					here = named(f.Type)
				case !e.params[fd.Name.Pos()][i]:
					other = other || named(f.Type)
				}
			}
		}
		if here && !other {
			return true
		}
	}
	return false
}

// isContext reports whether t is context.Context. A function keeps its context
// whether it reads it now or not: that is how callers hand one on.
func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" && n.Obj().Name() == "Context"
}

// argValue is what is known of the i-th argument of a call.
func (e *engine) argValue(c *ast.CallExpr, i int) *value {
	if vals, ok := e.args[c]; ok && i < len(vals) {
		if vals[i].known() && len(vals[i].effects) == 0 && !e.boxedArg(c, i, vals[i]) {
			return vals[i]
		}
		return nil
	}
	v := (&walker{e: e}).plain(c.Args[i])
	if v.known() {
		return v
	}
	return nil
}

func (e *engine) setParam(fd *ast.FuncDecl, i int, oid objID, v *value) bool {
	fn := fd.Name.Pos()
	if v != nil {
		if e.objConst[oid] != nil {
			return false
		}
		e.objConst[oid] = v.lasting()
	}
	if v == nil || droppable(v) {
		if e.params[fn] == nil {
			e.params[fn] = map[int]bool{}
		}
		e.params[fn][i] = true
	} // others stay where they are read as data, and go once nothing reads them
	e.reach(fd)
	e.reachUses(fn)
	return true
}

// dropParams decides the signatures of functions that lose parameters, and their
// calls.
func (e *engine) dropParams() {
	for oid, gone := range e.params {
		e.dropFrom(e.x.decl(oid).(*ast.FuncDecl).Type.Params, gone)
		for _, id := range e.x.usesOf(oid) {
			if c := e.callOf(id); c != nil {
				e.dropArgs(c, gone)
			}
		}
	}
}

// dropArgs decides the arguments that a call loses, unless something is decided about it.
func (e *engine) dropArgs(c *ast.CallExpr, gone map[int]bool) {
	if e.dec[c] != nil {
		return
	}
	drop := make([]bool, len(c.Args))
	for i := range drop {
		drop[i] = gone[i]
	}
	e.dec[c] = &decision{op: opArgs, drop: drop}
}
