package flagref

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/ast/inspector"
)

// emitter turns what the engine found into references.
type emitter struct {
	*state
	res    *Result
	places map[*ast.File]place
	done   map[ast.Node]bool      // nodes whose reference another node carries
	keys   map[*types.Var]keyFact // fields that carry keys
	envs   []environment          // variables whose flags are not known yet
}

// place is what the references of a file have in common.
type place struct{ test, support, generated bool }

// emit finds the references of the package, in source order.
func (p *state) emit(root inspector.Cursor, keys map[*types.Var]keyFact) *Result {
	em := &emitter{state: p, res: &Result{Values: map[ast.Expr]FlagValue{}}, places: map[*ast.File]place{}, done: map[ast.Node]bool{}, keys: keys}
	for _, f := range p.pass.Files {
		em.places[f] = place{isTest(p.pass.Fset, f), supportsTests(f), ast.IsGenerated(f)}
	}
	for cur := range root.Preorder((*ast.CallExpr)(nil), (*ast.SelectorExpr)(nil), (*ast.Ident)(nil), (*ast.IndexExpr)(nil), (*ast.ValueSpec)(nil),
		(*ast.CompositeLit)(nil), (*ast.AssignStmt)(nil), (*ast.StarExpr)(nil), (*ast.TypeSpec)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			em.call(cur, n)
			em.value(n)
		case *ast.SelectorExpr:
			em.selector(cur, n)
			em.value(n)
		case *ast.Ident:
			em.ident(cur, n)
		case *ast.IndexExpr:
			em.value(n)
			em.member(cur, n)
			em.entryRead(cur, n)
		case *ast.ValueSpec:
			em.objects(cur, n)
		case *ast.CompositeLit:
			em.literal(cur, n)
			em.settings(cur, n)
		case *ast.AssignStmt:
			em.assigned(cur, n)
			em.listed(cur, n)
		case *ast.StarExpr:
			em.pointer(cur, n)
		case *ast.TypeSpec:
			em.structs(cur, n)
		}
	}
	em.res.Extra = &Extra{impls: em.impls.foreign(), keys: map[string]string{}}
	em.setEnv()
	em.constants(root)
	slices.SortStableFunc(em.res.References, func(a, b *Reference) int {
		return cmp.Or(cmp.Compare(a.Node.Pos(), b.Node.Pos()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	em.declareOnce()
	return em.res
}

// declareOnce keeps one of two declarations of a flag that are one: a literal that
// the configuration describes, and the variable of it that is a flag by what an SDK
// is asked with it. What is configured counts.
func (em *emitter) declareOnce() {
	configured := map[string]bool{}
	for _, s := range em.set.Specs() {
		configured[s.Name] = !s.Builtin()
	}
	byKey := map[string][]*Reference{}
	for _, r := range em.res.References {
		if r.Kind == Declaration && configured[r.Provider] {
			byKey[r.Key] = append(byKey[r.Key], r)
		}
	}
	em.res.References = slices.DeleteFunc(em.res.References, func(r *Reference) bool {
		return r.Kind == Declaration && !configured[r.Provider] && slices.ContainsFunc(byKey[r.Key], func(c *Reference) bool {
			return within(c.Node, r.Node) || within(r.Node, c.Node)
		})
	})
}

// value records an expression whose value is a flag's.
func (em *emitter) value(e ast.Expr) {
	if tv := em.info.Types[e]; !tv.IsValue() || em.idx.written[e] {
		return
	}
	v := em.eval(e)
	if v.Kind != kFlag || v.Flag.Role == "other" {
		return
	}
	keys := em.admitted(v.Flag.Eval)
	if len(keys) != 1 || !v.Flag.Eval.Key.isString() && !v.Flag.Eval.Inline {
		em.look.lose(v.Flag.Eval.Key)
		return
	}
	fv := FlagValue{Key: keys[0].Text, Negated: v.Flag.Negated, Exact: v.Flag.Exact, Fallback: v.Flag.Fallback, Role: v.Flag.Role}
	if s := v.Flag.Eval.Sub; s != nil && s.isString() {
		fv.Param = s.Text
	}
	em.res.Values[e] = fv
}

func (em *emitter) call(cur inspector.Cursor, call *ast.CallExpr) {
	app := em.apply(call)
	em.handed(call)
	if app.bound && len(app.evals) > 0 {
		// The function value that is called on the spot is no reference of its own.
		em.done[ast.Unparen(call.Fun)] = true
	}
	asked := slices.ContainsFunc(app.evals, func(e *eval) bool { return e.Kind == Evaluation && len(e.Prefixes) == 0 })
	for _, e := range app.evals {
		if asked && len(e.Prefixes) > 0 && len(e.Via) > 0 {
			continue // the wrapper asks the SDK; a setting is its way out
		}
		if len(e.Via) > 0 && slices.ContainsFunc(app.sets, func(s *set) bool { return s.names(e.Key) }) {
			continue // it asks what it is to restore
		}
		if e.Kind == Mention && len(e.Via) > 0 && evaluates(app.evals, e.Key) {
			continue // a wrapper that also tells which flag it asks for
		}
		if e.anyParam(func(string) bool { return true }) {
			from, ok := em.lost(cur, e)
			if !ok {
				continue
			}
			c := *e
			c.Key = em.unknownOf(from, "the key is a parameter of a function literal")
			e = &c
		}
		if e.Way.supposed() || em.done[call] && e.Kind == Evaluation {
			continue
		}
		if e.Kind == Evaluation && e.Inline && em.initializes(cur) != nil {
			continue
		}
		shape := shapeOf(e, app.results)
		shape.Effects = app.effects
		em.evaluation(cur, call, e, shape)
	}
	for _, s := range app.sets {
		if constructs(app.results, s.Key) {
			continue // a flag object's constructor that gives its default to a store
		}
		if !s.Way.supposed() && !s.anyParam(func(string) bool { return true }) {
			em.override(cur, call, s)
		}
	}
}

// constructs reports whether a call returns an object that carries the key.
func constructs(results []*value, key *value) bool {
	return slices.ContainsFunc(results, func(r *value) bool {
		return r.Kind == kStruct && slices.ContainsFunc(r.Elems, func(e *value) bool { return e.isString() && same(e, key) })
	})
}

// lost reports whether the key of an evaluation is a parameter of a function
// literal around it that is handed to a call, so that nothing tells what it is
// called with; from is the package of the function that is called, nil where that is not known.
func (em *emitter) lost(cur inspector.Cursor, e *eval) (from *types.Package, ok bool) {
	for c := range cur.Enclosing((*ast.FuncLit)(nil)) {
		id := em.idx.litIDs[c.Node().(*ast.FuncLit)]
		if !e.anyParam(func(fn string) bool { return fn == id }) {
			continue
		}
		call, ok := c.Parent().Node().(*ast.CallExpr)
		if !ok || ast.Unparen(call.Fun) == c.Node() {
			return nil, false
		}
		if fn := em.calledFunc(call); fn != nil {
			from = fn.Pkg()
			sum := em.summaryOf(fn)
			if sum != nil && len(sum.Calls) > 0 {
				return nil, false // it is called there, with what is known
			}
			i := slices.Index(call.Args, ast.Expr(c.Node().(*ast.FuncLit)))
			if sum != nil && slices.ContainsFunc(sum.Results, func(v *value) bool { return v.gives(i) }) {
				return nil, false // it is kept in what is returned, and called from there
			}
		}
		return from, true
	}
	return nil, false
}

// initializes returns the value spec of the package variable that the
// expression at cur is the whole initial value of; nil if there is none.
func (em *emitter) initializes(cur inspector.Cursor) *ast.ValueSpec {
	node := cur.Node()
	parent := cur.Parent()
	for {
		switch x := parent.Node().(type) {
		case *ast.ParenExpr:
			node, parent = x, parent.Parent()
			continue
		case *ast.CallExpr:
			if fn, ok := em.object(x.Fun).(*types.Func); ok && isAtomicNew(fn) {
				node, parent = x, parent.Parent()
				continue
			}
		}
		break
	}
	spec, ok := parent.Node().(*ast.ValueSpec)
	if !ok || !slices.Contains(spec.Values, node.(ast.Expr)) {
		return nil
	}
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		_ = c
		return nil
	}
	return spec
}

// evaluates reports whether one of evals evaluates a key.
func evaluates(evals []*eval, key *value) bool {
	return slices.ContainsFunc(evals, func(e *eval) bool { return e.Kind == Evaluation && same(e.Key, key) })
}

// evaluation adds the references of one evaluation at node.
func (em *emitter) evaluation(cur inspector.Cursor, node ast.Expr, e *eval, shape Shape) {
	keys, why := em.keysOf(e.Key)
	if why == none {
		return
	}
	if why != "" && len(e.Prefixes) == 0 {
		em.add(cur, node, e, shape, nil, why)
	}
	if e.Kind == Declaration && e.Key.Kind == kMap {
		em.declareEntries(cur, e)
		return
	}
	shape.Multi = len(keys) > 1 || e.List || (len(keys) == 1 && why != "")
	if shape.Multi {
		shape.Exact, shape.Fallback = false, false
	}
	for _, k := range keys {
		if em.admits(e.Prefixes, k.Text) {
			em.add(cur, node, e, shape, k, "")
		}
	}
}

// add adds one reference with key k, or without one because of why.
func (em *emitter) add(cur inspector.Cursor, node ast.Expr, e *eval, shape Shape, k *value, why string) {
	ref := &Reference{Kind: e.Kind, Node: node, Provider: e.Provider, Type: e.Type, Shape: shape, Dynamic: why, Sentinel: e.Sentinel, Foreign: e.Foreign}
	if k != nil {
		ref.Key = k.Text
		em.keyNode(ref, cur, k)
	}
	if e.Sub != nil {
		if e.Sub.isString() {
			ref.Param = e.Sub.Text
		}
	}
	if d := e.Default; d != nil {
		em.look.lose(d)
		ref.Default = d.constant()
		switch {
		case d.node != nil && within(d.node, node):
			ref.DefaultNode = d.node
		case ref.Default != nil && e.DefaultAt != (position{}):
			ref.DefaultAt = e.DefaultAt.token()
		}
	}
	for _, v := range e.Via {
		ref.Via = append(ref.Via, v.token())
	}
	if e.Kind == Declaration {
		ref.Node = em.declared(cur)
	}
	em.place(cur, ref)
	em.res.References = append(em.res.References, ref)
	if call, ok := node.(*ast.CallExpr); ok && e.Kind == Declaration {
		if fn, ok := em.object(call.Fun).(*types.Func); ok {
			em.registration(call, fn, ref)
		}
	}
}

// declareEntries adds the declarations of a map from key to default.
func (em *emitter) declareEntries(cur inspector.Cursor, e *eval) {
	for i, k := range e.Key.Keys {
		if em.look.lose(k); !k.isString() || !em.admits(e.Prefixes, k.Text) {
			continue
		}
		v := e.Key.Elems[i]
		ref := &Reference{Kind: Declaration, Key: k.Text, Node: cur.Node(), Provider: e.Provider, Default: v.constant(), Shape: noShape()}
		em.keyNode(ref, cur, k)
		if v.entry != nil && em.samePackage(v.entry) {
			ref.Node = v.entry
			if kv, ok := v.entry.(*ast.KeyValueExpr); ok {
				ref.DefaultNode = kv.Value
			}
		}
		em.place(cur, ref)
		em.res.References = append(em.res.References, ref)
	}
}

// declared returns the syntax that declares the flag whose registration is at
// cur: the spec of the variable that takes it, else the call.
func (em *emitter) declared(cur inspector.Cursor) ast.Node {
	node := cur.Node()
	for c := cur; ; {
		if spec := em.initializes(c); spec != nil {
			return spec
		}
		parent := c.Parent()
		switch n := parent.Node().(type) {
		case *ast.SelectorExpr:
			if n.X != c.Node() {
				return node
			}
		case *ast.CallExpr:
			if n.Fun != c.Node() {
				return node
			}
		case *ast.ParenExpr:
		default:
			return node
		}
		c = parent
	}
}

// keyNode tells where the key is named, if that is in the node or in the
// function around it.
func (em *emitter) keyNode(ref *Reference, cur inspector.Cursor, k *value) {
	if k.node == nil {
		return
	}
	if !within(k.node, ref.Node) {
		around := false
		for c := range cur.Enclosing((*ast.FuncDecl)(nil)) {
			around = within(k.node, c.Node())
		}
		if !around {
			return
		}
	}
	ref.KeyNode, ref.KeyObject = ast.Unparen(k.node), k.obj
}

func within(inner, outer ast.Node) bool {
	return inner.Pos() >= outer.Pos() && inner.End() <= outer.End()
}

// admits reports whether a key is one that prefixes, or a registry, let through.
func (p *state) admits(prefixes []string, key string) bool {
	spec := provider.Spec{Prefixes: prefixes}
	return spec.Admits(key, p.known)
}

// admitted are the keys of an evaluation that its prefixes, or a registry, let through: of
// a setting with two names, the one that names a flag.
func (p *state) admitted(e *eval) []*value {
	keys, _ := p.keysOf(e.Key)
	return slices.DeleteFunc(slices.Clone(keys), func(k *value) bool { return !p.admits(e.Prefixes, k.Text) })
}

// place fills in where the reference stands.
func (em *emitter) place(cur inspector.Cursor, ref *Reference) {
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.File)(nil)) {
		switch n := c.Node().(type) {
		case *ast.FuncDecl:
			ref.Func = n
			ref.FuncName = FuncName(em.pass.Pkg, n)
		case *ast.File:
			ref.Test, ref.Support, ref.Generated = em.places[n].test, em.places[n].support, em.places[n].generated
		}
	}
}
