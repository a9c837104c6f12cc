package flagref

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// override adds the references of a call that sets flags.
func (em *emitter) override(cur inspector.Cursor, call ast.Expr, s *set) {
	key := s.Key
	if key.Kind == kStruct && slices.Contains(key.Names, keyField) {
		key = em.field(key, keyField) // the flag is given as an object
	}
	if s.Address {
		if key = flagsAt(key); key == nil {
			return // the variable holds no flag
		}
	}
	if s.Pairs != "" {
		em.pairs(cur, call, s, key)
		return
	}
	if len(s.Setters) > 0 && len(s.Via) == 0 {
		cur = em.chain(cur, s)
		call = cur.Node().(ast.Expr)
	}
	if s.Spread {
		em.spread(cur, call, s, key)
		return
	}
	keys, why := em.keysOf(key)
	if why != "" && why != none && len(s.Prefixes) == 0 && !s.Address {
		em.addSet(cur, call, s, nil, s.Value, why)
	}
	many := len(keys) > 1 || len(keys) == 1 && why != ""
	for _, k := range key.places(keys) {
		if len(s.Prefixes) > 0 {
			em.envs = append(em.envs, environment{cur, call, s, k})
			continue
		}
		if ref := em.addSet(cur, call, s, k, s.Value, ""); ref != nil {
			ref.Shape.Multi = many
		}
	}
}

// flagsAt are the keys of the flags that variables hold, of which x is the address of
// one; nil if they hold none.
func flagsAt(x *value) *value {
	switch x.Kind {
	case kFlag:
		if k := x.Flag.Eval.Key; x.node != nil && k.isString() {
			return k.at(x.node, nil)
		}
		return x.Flag.Eval.Key
	case kOneOf:
		var keys []*value
		for _, e := range x.Elems {
			if k := flagsAt(e); k != nil {
				keys = append(keys, k)
			}
		}
		if len(keys) > 0 {
			return oneOf(keys)
		}
	}
	return nil
}

// spread adds an override for each entry of a map or list.
func (em *emitter) spread(cur inspector.Cursor, call ast.Expr, s *set, v *value) {
	em.look.lose(v)
	switch v.Kind {
	case kMap:
		for i, k := range v.Keys {
			if len(s.Via) > 0 && v.Elems[i].Kind == kFlag && same(v.Elems[i].Flag.Eval.Key, k) {
				continue // the wrapper puts back what was
			}
			if !k.isString() {
				em.addSet(cur, call, s, nil, v.Elems[i], "the key is computed at run time")
				continue
			}
			em.addSet(cur, call, s, k, v.Elems[i], "")
		}
	case kList:
		for i, k := range v.Elems {
			if !k.isString() {
				continue
			}
			set := boolValue(true)
			if i+1 < len(v.Elems) && (v.Elems[i+1].isBool(true) || v.Elems[i+1].isBool(false)) {
				set = v.Elems[i+1]
			}
			em.addSet(cur, call, s, k, set, "")
		}
	case kOneOf:
		for _, e := range v.Elems {
			if e.Kind == kDynamic && e.Index == 1 {
				continue // a row of a table that sets nothing
			}
			em.spread(cur, call, s, e)
		}
	case kConst:
		em.addSet(cur, call, s, v, boolValue(true), "")
	case kDynamic:
		if v.Index == 1 {
			return // nil sets nothing
		}
		em.addSet(cur, call, s, nil, nil, cmp.Or(v.Text, "the keys are computed at run time"))
	}
}

// addSet adds the override of key k and returns it; nil where there is none to add.
func (em *emitter) addSet(cur inspector.Cursor, call ast.Expr, s *set, k, set *value, why string) *Reference {
	ref := &Reference{Kind: Override, Node: call, Call: call, Provider: s.Provider, Dynamic: why, Shape: noShape()}
	if k != nil {
		if !em.admits(s.Prefixes, k.Text) {
			return nil
		}
		ref.Key = k.Text
		ref.KeyNode, ref.KeyObject = k.node, k.obj
		if k.node == nil {
			ref.KeyNode = nil
		}
	}
	if set != nil {
		em.look.lose(set)
		if s.SpreadField != "" && set.Kind == kStruct {
			spec, entry := set, set.entry
			if set = em.variant(spec, s); s.Variants != "" {
				ref.SetVariants = em.variants(spec, s)
				ref.SetNode = cmp.Or(fieldValue(entry, s.SpreadField), em.field(spec, s.SpreadField).node)
			}
			if entry != nil {
				set = set.within(entry)
			}
		}
		ref.Set = set.constant()
		if set.node != nil && ref.SetVariants == nil {
			ref.SetNode = set.node
		}
		if set.entry != nil && em.samePackage(set.entry) {
			ref.Node = set.entry
		}
		if set.Kind == kOneOf {
			for _, e := range set.Elems {
				if c := e.constant(); c != nil {
					ref.SetValues = append(ref.SetValues, c)
				}
			}
			if n := len(ref.SetValues); n > 0 && n < len(set.Elems) && ref.SetValues[0].Kind() == constant.Bool &&
				slices.ContainsFunc(set.Elems, func(e *value) bool { return e.Kind == kDynamic && e.Index == 1 }) {
				ref.SetValues = append(ref.SetValues, constant.MakeBool(false)) // a row that leaves the column out
			}
		}
	}
	for _, v := range s.Via {
		ref.Via = append(ref.Via, v.token())
	}
	em.place(cur, ref)
	for _, o := range em.res.References {
		if o.Kind == Override && o.Node == ref.Node && o.Key == ref.Key && ref.Node != ast.Node(call) {
			o.also(ref.Set)
			return nil // a table's entry, or that of a helper, that several calls read
		}
	}
	em.res.References = append(em.res.References, ref)
	return ref
}

// fieldValue is what an entry of a literal gives a field of the struct that it holds.
func fieldValue(entry ast.Node, field string) ast.Expr {
	kv, ok := entry.(*ast.KeyValueExpr)
	if !ok {
		return nil
	}
	x := ast.Unparen(kv.Value)
	if u, ok := x.(*ast.UnaryExpr); ok {
		x = u.X
	}
	lit, ok := x.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == field {
				return kv.Value
			}
		}
	}
	return nil
}

// also adds what another call sets by way of the same entry: where that is another
// value, which one it is depends on the call.
func (r *Reference) also(set constant.Value) {
	switch {
	case r.Set == nil || set == nil:
		r.Set = nil
	case r.Set.Kind() != set.Kind() || !constant.Compare(r.Set, token.EQL, set):
		r.SetValues = append(r.SetValues, r.Set, set)
		r.Set = nil
	}
}

// samePackage reports whether a node is one of this package's files.
func (em *emitter) samePackage(n ast.Node) bool {
	for _, f := range em.pass.Files {
		if within(n, f) {
			return true
		}
	}
	return false
}

// variant is the value that a flag's specification serves: the field that names
// it, looked up among its variants.
func (em *emitter) variant(spec *value, s *set) *value {
	v := em.field(spec, s.SpreadField)
	if s.Variants != "" {
		v = em.indexValue(em.field(spec, s.Variants), v)
	}
	return v
}

// variants are the values of the variants that a flag's specification has, as far
// as they are constants.
func (em *emitter) variants(spec *value, s *set) map[string]constant.Value {
	m := em.field(spec, s.Variants)
	if m.Kind != kMap {
		return nil
	}
	out := map[string]constant.Value{}
	for i, k := range m.Keys {
		if c := m.Elems[i].constant(); k.isString() && c != nil {
			out[k.Text] = c
		}
	}
	return out
}

// SplitPairs splits a text that sets several flags, "A=true,B=false" or, as a query string,
// "A=true&B=false", and gives what stands between two.
func SplitPairs(text string) (pairs []string, sep string) {
	sep = ","
	if strings.Contains(text, "&") {
		sep = "&"
	}
	return strings.Split(text, sep), sep
}

// pairs adds an override for each of "A=true,B=false", or of "+a,-b".
func (em *emitter) pairs(cur inspector.Cursor, call ast.Expr, s *set, v *value) {
	switch {
	case v.Kind == kOneOf:
		for _, e := range v.Elems {
			em.pairs(cur, call, s, e)
		}
		return
	case v.Kind == kMap:
		em.spread(cur, call, s, v)
		return
	case v.Kind == kConcat && len(v.Elems) == 2 && v.Elems[1].isString():
		v = v.Elems[0]
	case !v.isString():
		em.addSet(cur, call, s, nil, nil, cmp.Or(v.Text, "the flags are named at run time"))
		return
	}
	all, _ := SplitPairs(v.Text)
	for _, pair := range all {
		pair = strings.TrimSpace(pair)
		key, text, ok := strings.Cut(pair, "=")
		if s.Pairs != "=" {
			text = "true"
			if strings.HasPrefix(key, "-") {
				text = "false"
			}
			key, ok = strings.TrimLeft(key, "+-"), true
		}
		if key = strings.TrimSpace(key); key != "" && ok {
			k := stringValue(key).at(v.node, nil)
			em.addSet(cur, call, s, k, boolValue(strings.EqualFold(strings.TrimSpace(text), "true")), "")
		}
	}
}

// chain follows the method calls on what a call returns, to the call that takes
// the chain, which is what sets the flag; without one, to the end of the chain.
func (em *emitter) chain(cur inspector.Cursor, s *set) inspector.Cursor {
	for {
		sel := cur.Parent()
		if x, ok := sel.Node().(*ast.SelectorExpr); !ok || x.X != cur.Node() {
			break
		}
		outer := sel.Parent()
		if x, ok := outer.Node().(*ast.CallExpr); !ok || x.Fun != sel.Node() {
			break
		}
		cur = outer
	}
	if parent, ok := cur.Parent().Node().(*ast.CallExpr); ok && slices.Contains(parent.Args, cur.Node().(ast.Expr)) && len(s.Apply) > 0 {
		cur = cur.Parent()
	}
	return cur
}
