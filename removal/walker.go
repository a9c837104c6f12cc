package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// walker interprets one function over what is known of its variables, and
// decides for each statement and expression what the flag's value makes of it.
type walker struct {
	e   *engine
	env map[objID]*value // what is known of local variables at this point
	fn  *funcInfo
	// returns collects what the function's live return statements give.
	returns [][]*value
	// hoist are effects to run before the statement that is being walked.
	hoist []ast.Expr
	// stmt is the statement being walked, when effects can be put before it.
	stmt ast.Stmt
	// inClosure: the body runs later, or more than once.
	inClosure bool
	// known are conditions that are false while one is walked; next those that are
	// where the if that comes next is asked, and behind those behind the one that was walked.
	known, next, behind []ast.Expr
}

// funcInfo is what is known of a function's variables without the flag.
type funcInfo struct {
	node ast.Node // *ast.FuncDecl, *ast.FuncLit, or a package-level value spec
	body *ast.BlockStmt
	typ  *ast.FuncType
	// writes are the names by which each variable is assigned, its declaration included.
	writes map[objID][]*ast.Ident
	// shared variables have their address taken or are written in a closure:
	// nothing is tracked of them.
	shared map[objID]bool
	// results are the named results: what they hold is read by the caller, and by
	// what is deferred.
	results map[objID]bool
	// observed results may be read where no name stands: by a bare return, or by
	// the caller after what is deferred has changed them.
	observed map[objID]bool
	hasGoto  bool
	labels   map[string]ast.Stmt
}

func (e *engine) funcInfoOf(node ast.Node, typ *ast.FuncType, body *ast.BlockStmt) *funcInfo {
	if fi := e.funcs[node]; fi != nil {
		return fi
	}
	fi := &funcInfo{node: node, body: body, typ: typ, writes: map[objID][]*ast.Ident{}, shared: map[objID]bool{}, results: map[objID]bool{}, observed: map[objID]bool{}, labels: map[string]ast.Stmt{}}
	e.funcs[node] = fi
	var inside []ast.Node
	if s, ok := node.(*ast.ValueSpec); ok {
		inside = toNodes(s.Values)
	} else if body != nil {
		inside = []ast.Node{body}
	}
	depth := 0
	declDepth := map[objID]int{}
	write := func(x ast.Expr) {
		id, ok := rootIdent(x) // a write of a part changes the whole
		if !ok || id.Name == "_" {
			return
		}
		obj := e.x.objectAt(id)
		if obj == nil {
			return
		}
		oid := idOf(obj)
		fi.writes[oid] = append(fi.writes[oid], id)
		if oid == id.Pos() {
			declDepth[oid] = depth
		} else if d, ok := declDepth[oid]; !ok && depth > 0 || ok && d != depth {
			fi.shared[oid] = true
		}
	}
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				fi.addResults(n.Type, n.Body)
				depth++
				visit(n.Body)
				depth--
				return false
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					write(l)
				}
			case *ast.IncDecStmt:
				write(n.X)
			case *ast.RangeStmt:
				if n.Key != nil {
					write(n.Key)
				}
				if n.Value != nil {
					write(n.Value)
				}
			case *ast.ValueSpec:
				for _, id := range n.Names {
					write(id)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					if id, ok := rootIdent(n.X); ok {
						if obj := e.x.objectAt(id); obj != nil {
							fi.shared[idOf(obj)] = true
						}
					}
				}
			case *ast.SelectorExpr:
				// A method with a pointer receiver takes the variable's address.
				if id, ok := ast.Unparen(n.X).(*ast.Ident); ok {
					if m, ok := e.x.objectAt(n.Sel).(*types.Func); ok && ptrMethodOnValue(m, e.x.typeOf(id)) {
						if obj := e.x.objectAt(id); obj != nil {
							fi.shared[idOf(obj)] = true
						}
					}
				}
			case *ast.BranchStmt:
				if n.Tok == token.GOTO {
					fi.hasGoto = true
				}
			case *ast.LabeledStmt:
				fi.labels[n.Label.Name] = n.Stmt
			}
			return true
		})
	}
	fi.addResults(typ, body)
	for _, n := range inside {
		visit(n)
	}
	return fi
}

// addResults records the named results of a function.
func (fi *funcInfo) addResults(typ *ast.FuncType, body *ast.BlockStmt) {
	if typ == nil || typ.Results == nil || body == nil {
		return
	}
	observed := hasDefer(body) || hasBareReturn(body)
	for _, f := range typ.Results.List {
		for _, id := range f.Names {
			fi.results[id.Pos()] = true
			fi.observed[id.Pos()] = observed
		}
	}
}

func ptrMethodOnValue(m *types.Func, t types.Type) bool {
	sig, ok := m.Type().(*types.Signature)
	if !ok || sig.Recv() == nil || t == nil {
		return false
	}
	if _, ok := types.Unalias(sig.Recv().Type()).(*types.Pointer); !ok {
		return false
	}
	_, ok = t.Underlying().(*types.Pointer)
	return !ok
}

// rootIdent returns the variable that x is a part of: of v.f[i] it is v.
func rootIdent(x ast.Expr) (*ast.Ident, bool) {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			return y, true
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		default:
			return nil, false
		}
	}
}

// set records what is known of a variable after an assignment to it.
func (w *walker) set(id *ast.Ident, v *value) {
	if id.Name == "_" {
		return
	}
	obj := w.e.x.objectAt(id)
	if obj == nil {
		return
	}
	oid := idOf(obj)
	if w.fn.shared[oid] || w.fn.hasGoto && len(w.fn.writes[oid]) > 1 {
		delete(w.env, oid)
		return
	}
	if v == nil || !v.known() && v.detail == nil {
		delete(w.env, oid)
		return
	}
	w.env[oid] = v.lasting()
}

// kill forgets what a piece of syntax may assign. What the removal drops of it, as
// far as the round before knew, assigns nothing.
func (w *walker) kill(nodes ...ast.Node) {
	w.eachAssigned(nodes, func(id *ast.Ident, oid objID, v *value) {
		if w.e.wasDropped(id) {
			w.madeByFlag(oid, v, v.key)
		} else {
			delete(w.env, oid)
		}
	})
}

// eachAssigned calls f for the variables that pieces of syntax may assign, wholly or in
// part, and of which something is known.
func (w *walker) eachAssigned(nodes []ast.Node, f func(id *ast.Ident, oid objID, v *value)) {
	assigned := func(x ast.Expr) {
		if id, ok := rootIdent(x); ok {
			for _, obj := range w.e.x.objectsAt(id) {
				if v := w.env[idOf(obj)]; v != nil {
					f(id, idOf(obj), v)
				}
			}
		}
	}
	for _, n := range nodes {
		if n == nil || isNilNode(n) {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					assigned(l)
				}
			case *ast.IncDecStmt:
				assigned(n.X)
			case *ast.RangeStmt:
				if n.Key != nil {
					assigned(n.Key)
				}
				if n.Value != nil {
					assigned(n.Value)
				}
			}
			return true
		})
	}
}

// wasDropped reports whether the removal drops a piece of syntax, as far as the
// round before knew.
func (e *engine) wasDropped(n ast.Node) bool {
	dropped := false
	e.asOfLastRound(func() { dropped = !e.live(n) })
	return dropped
}

// madeByFlag records that a variable is known because of the flag: it was assigned
// where the program does not come any more.
func (w *walker) madeByFlag(oid objID, v *value, key string) {
	if v.flag || v.detail != nil {
		return
	}
	r := *v
	r.flag, r.key = true, key
	w.env[oid] = &r
}

// passedOver records that code does not run because of the flag: variables that only
// it gave another value are known because of the flag now.
func (w *walker) passedOver(key string, nodes ...ast.Node) {
	w.eachAssigned(nodes, func(_ *ast.Ident, oid objID, v *value) { w.madeByFlag(oid, v, key) })
}

func isNilNode(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n == nil
	case ast.Expr:
		return n == nil
	}
	return false
}

// branch walks with a copy of what is known and returns what is known after.
func (w *walker) branch(f func()) map[objID]*value {
	saved := w.env
	w.env = maps.Clone(saved)
	f()
	after := w.env
	w.env = saved
	return after
}

// join sets what is known to what all the given paths agree on; a nil path is
// one that does not come here.
func (w *walker) join(paths ...map[objID]*value) {
	paths = slices.DeleteFunc(paths, func(p map[objID]*value) bool { return p == nil })
	if len(paths) == 0 {
		w.env = map[objID]*value{}
		return
	}
	out := maps.Clone(paths[0])
	for _, p := range paths[1:] {
		for k, v := range out {
			o := p[k]
			if v.detail != nil {
				if o == nil || o.detail != v.detail {
					delete(out, k)
				}
				continue
			}
			if m := merge(v, o); m != nil {
				out[k] = m
			} else {
				delete(out, k)
			}
		}
	}
	w.env = out
}

// funcLit walks a closure: of the variables around it, only those that are
// written once can be relied on when it runs.
func (w *walker) funcLit(x *ast.FuncLit) []([]*value) {
	inner := &walker{e: w.e, env: map[objID]*value{}, inClosure: true}
	for oid, v := range w.env {
		if w.fn.shared[oid] || w.fn.results[oid] {
			continue
		}
		writes := w.fn.writes[oid]
		again := func(id *ast.Ident) bool { return id.Pos() != oid && !w.e.wasDropped(id) }
		switch {
		case len(writes) == 1:
			inner.env[oid] = v
		case !slices.ContainsFunc(writes, again): // nothing but its declaration is left
			inner.env[oid] = v
			inner.madeByFlag(oid, v, v.key)
		}
	}
	// The closure's own variables are counted with the enclosing function's.
	inner.fn = &funcInfo{node: x, body: x.Body, typ: x.Type, writes: w.fn.writes, shared: w.fn.shared, results: w.fn.results, observed: w.fn.observed, hasGoto: w.fn.hasGoto, labels: w.fn.labels}
	inner.block(x.Body)
	return inner.returns
}

// call walks a call and returns what is known of its results.
func (w *walker) call(x *ast.CallExpr) []*value {
	e := w.e
	if e.tests.succeeds(x) {
		for _, a := range x.Args {
			w.use(a)
		}
		return []*value{{isNil: true, flag: true}}
	}
	if e.isConversion(x) && len(x.Args) == 1 {
		v := w.expr(x.Args[0])
		if v != nil && v.fn != nil {
			return []*value{v}
		}
		if v.decided() && v.c != nil && v.dyn == nil {
			t := e.x.typeOf(x)
			if types.IsInterface(t) {
				r := *v
				r.dyn = e.x.typeOf(x.Args[0])
				return []*value{&r}
			}
			if sameKindConversion(v.c, t) {
				r := *v
				return []*value{&r}
			}
			if r := e.truncated(x, v); r != nil {
				return []*value{r}
			}
		}
		w.useVal(x.Args[0], v)
		return nil
	}
	fn := e.x.callee(x)
	if fn != nil && fn.Pkg() != nil && (fn.FullName() == "errors.Is" || fn.FullName() == "errors.As") && len(x.Args) == 2 {
		if v := w.expr(x.Args[0]); v.decided() && v.isNil && !e.typedNil(x.Args[0]) {
			if fn.Name() == "As" || e.isErrorValue(x.Args[1]) {
				return []*value{{c: constant.MakeBool(false), flag: true, effects: v.effects}}
			}
		}
	}
	if v := w.lengthOfNil(x); v != nil {
		return []*value{v}
	}
	if v := w.constantCall(x, fn); v != nil {
		return []*value{v}
	}
	if w.appends(x) {
		return nil
	}
	if v, ok := w.chosen(x, fn); ok {
		return []*value{v}
	}
	if v := w.calledConstant(x); v != nil {
		return []*value{v}
	}
	if v := w.atomicLoad(x); v != nil {
		return []*value{v}
	}
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.SelectorExpr:
		w.receiver(fun.X, w.expr(fun.X))
	case *ast.Ident:
	default:
		w.use(x.Fun)
	}
	if n := e.tupleLen(x.Args); n > 1 { // f(g()): one argument gives all
		w.useTuple(x.Args[0], w.results(x.Args, n))
		return w.callResults(x, fn)
	}
	args := make([]*value, len(x.Args))
	name := e.builtinCall(x)
	looksInto := name == "delete" || name == "copy" || name == "clear" || name == "close"
	for i, a := range x.Args {
		args[i] = w.expr(a)
		if looksInto && args[i].decided() && args[i].isNil && w.isLocal(a) || i == len(x.Args)-1 && w.spreadsNil(x, args) {
			continue
		}
		if !e.paramGoes(fn, i) && !e.callbackGoes(x, i) && !e.closureGoes(x, i) {
			w.useVal(a, args[i])
		}
	}
	e.args[x] = args
	if w.spreadsNil(x, args) {
		w.dropSpread(x)
		if fn != nil && fn.FullName() == "errors.Join" && len(x.Args) == 1 {
			return []*value{{isNil: true, flag: true, key: args[0].key}}
		}
	}
	if _, store := e.atomicField(x); store {
		e.written[x] = args[0]
	}
	if v := w.onceValue(fn, args, x); v != nil {
		return []*value{v}
	}
	return w.callResults(x, fn)
}

// callResults is what is known of the results of a call of fn.
func (w *walker) callResults(x *ast.CallExpr, fn *types.Func) []*value {
	e := w.e
	if fn == nil {
		return nil
	}
	known := e.fnConst[idOf(fn)]
	if known == nil {
		return nil
	}
	var effects []ast.Expr
	pure := e.pureCall(x)
	inTest := (!pure || len(known) > 1) && e.x.fileAt(x.Pos()).test && !e.x.fileAt(idOf(fn)).test
	if !pure {
		effects = []ast.Expr{x}
	} else {
		effects = e.callOperandEffects(x)
	}
	out := make([]*value, len(known))
	for i, v := range known {
		// Code under test: what it gives is what a test asserts, unless it gives it no more.
		if v != nil && (!inTest || e.results[idOf(fn)][i]) {
			r := *v
			r.effects = effects
			out[i] = &r
		}
	}
	return out
}

// tupleLen is the number of results of the one expression in the list, 1 when it
// has one value or there are several expressions.
func (e *engine) tupleLen(list []ast.Expr) int {
	if len(list) != 1 {
		return 1
	}
	if t, ok := e.x.typeOf(list[0]).(*types.Tuple); ok {
		return t.Len()
	}
	return 1
}

// callOperandEffects are the effects of a call's receiver and arguments.
func (e *engine) callOperandEffects(x *ast.CallExpr) []ast.Expr {
	var out []ast.Expr
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok {
		out = append(out, e.effectsOf(sel.X)...)
	}
	args := e.args[x]
	for i, a := range x.Args {
		// The argument of a parameter that goes is not replaced where it stands.
		if i < len(args) && args[i].decided() && e.paramGoes(e.x.callee(x), i) {
			out = append(out, args[i].effects...)
			continue
		}
		out = append(out, e.effectsOf(a)...)
	}
	return out
}

// isErrorValue reports whether an expression is an error that is not nil: a variable of
// a package, as sentinels are, a constant, or what makes an error of a text or a struct.
func (e *engine) isErrorValue(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return x.Op == token.AND
	case *ast.CallExpr:
		if e.isConversion(x) && len(x.Args) == 1 {
			return e.isErrorValue(x.Args[0])
		}
		fn := e.x.callee(x)
		return fn != nil && (fn.FullName() == "errors.New" || fn.FullName() == "fmt.Errorf")
	}
	id := nameOf(x)
	return id != nil && e.isSentinel(e.x.objectAt(id))
}

func (e *engine) isSentinel(o types.Object) bool {
	switch o := o.(type) {
	case *types.Const:
		return true
	case *types.Var:
		if spec, ok := e.x.decl(idOf(o)).(*ast.ValueSpec); ok && len(spec.Values) == 0 {
			return false // it is nil until something sets it
		}
		return o.Pkg() != nil && o.Parent() == o.Pkg().Scope()
	}
	return false
}

// sameKindConversion reports whether converting c to t keeps the value as it is.
func sameKindConversion(c constant.Value, t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	switch c.Kind() {
	case constant.Bool:
		return b.Info()&types.IsBoolean != 0
	case constant.String:
		return b.Info()&types.IsString != 0
	case constant.Int:
		return b.Info()&types.IsInteger != 0 && representable(c, t)
	}
	return false
}

// results returns what is known of the values of an assignment's right side.
func (w *walker) results(rhs []ast.Expr, n int) []*value {
	if len(rhs) == n {
		out := make([]*value, n)
		for i, r := range rhs {
			out[i] = w.expr(r)
		}
		return out
	}
	if len(rhs) != 1 {
		return make([]*value, n)
	}
	if s := w.e.seeds[ast.Unparen(rhs[0])]; s != nil {
		return w.seedResults(s, ast.Unparen(rhs[0]), n)
	}
	if call, ok := ast.Unparen(rhs[0]).(*ast.CallExpr); ok {
		if vs := w.parsed(call); vs != nil && n == 2 {
			w.e.tuples[rhs[0]] = vs
			return vs
		}
		if vs := w.call(call); len(vs) == n {
			return vs
		}
		return make([]*value, n)
	}
	if ta, ok := ast.Unparen(rhs[0]).(*ast.TypeAssertExpr); ok && n == 2 && ta.Type != nil {
		v := w.expr(ta.X)
		info := w.e.x.infoFor(ta)
		if v.decided() && v.dyn != nil && info != nil {
			if t := info.TypeOf(ta.Type); t != nil && !types.IsInterface(t) {
				if types.Identical(t, v.dyn) {
					a := *v
					a.dyn = nil
					return []*value{&a, {c: constant.MakeBool(true), flag: true, effects: v.effects}}
				}
			}
		}
		w.useVal(ta.X, v)
		return make([]*value, n)
	}
	if ix, ok := ast.Unparen(rhs[0]).(*ast.IndexExpr); ok {
		return w.found(ix, rhs[0])
	}
	w.use(rhs[0])
	return make([]*value, n)
}

// seedResults is what an evaluation with several results gives.
func (w *walker) seedResults(s *seed, x ast.Expr, n int) []*value {
	out := make([]*value, n)
	v := w.seedValue(s, x)
	sh := s.ref.Shape
	for i := range out {
		switch i {
		case sh.Result:
			out[i] = v
		case sh.Error:
			out[i] = &value{isNil: true, flag: true, effects: s.extra, seed: s}
		}
	}
	return out
}
