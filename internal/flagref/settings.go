package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/ast/inspector"
)

// structs adds the declarations that the fields of a struct type are: of a
// struct whose reads evaluate, of a container of flags, of decoded settings.
func (em *emitter) structs(cur inspector.Cursor, spec *ast.TypeSpec) {
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	obj, ok := em.info.Defs[spec.Name].(*types.TypeName)
	if !ok {
		return
	}
	for _, f := range st.Fields.List {
		for _, name := range f.Names {
			v, ok := em.info.Defs[name].(*types.Var)
			if !ok {
				continue
			}
			ref := &Reference{Kind: Declaration, Node: f, KeyNode: name, KeyObject: v, Type: provider.ValueType(v.Type()), Shape: noShape()}
			if m, key, ok := em.set.FieldOf(obj.Type(), v); ok && em.admits(m.Spec.Prefixes, key) {
				ref.Key, ref.Provider = key, m.Spec.Name
				ref.fallBackTo(agreed(em.defaults(v)))
				em.place(cur, ref)
				em.res.References = append(em.res.References, ref)
				continue
			}
			got := em.fixed[v]
			if got == nil {
				continue
			}
			key, prefixes := em.field(got, keyField), []string(nil)
			ref.Provider = got.Text
			if got.Kind == kFlag {
				prefixes, ref.Provider = got.Flag.Eval.Prefixes, got.Flag.Eval.Provider
				if d := got.Flag.Eval.Default; d != nil && f.Tag != nil && got.Flag.Eval.Tagged {
					ref.Default, ref.DefaultAt = d.constant(), em.pass.Fset.Position(f.Tag.Pos())
				}
			} else {
				ref.fallBackTo(agreed(em.made(v)))
			}
			keys, _ := em.keysOf(key)
			for _, k := range keys {
				if em.admits(prefixes, k.Text) {
					r := *ref
					r.Key = k.Text
					if got.Kind == kStruct {
						r.Type = "" // of the object, not of its value
					}
					em.place(cur, &r)
					em.res.References = append(em.res.References, &r)
				}
			}
		}
	}
}

// settings adds the overrides that a composite literal makes: of a type whose
// literals set flags anywhere, of a flag struct in tests.
func (em *emitter) settings(cur inspector.Cursor, lit *ast.CompositeLit) {
	t := em.typeOf(lit)
	if m, ok := em.set.OverrideType(t); ok {
		s := &set{Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, SpreadField: ""}
		v := em.eval(lit)
		s.Key = em.part(v, m.Row.Key)
		if m.Row.Value != nil && m.Row.Value.Field == m.Row.Key.Field {
			s.Spread = true
		} else if m.Row.Value != nil {
			s.Value = em.part(v, *m.Row.Value)
		}
		em.override(cur, lit, s)
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		f, ok := em.info.Uses[id].(*types.Var)
		if !ok || !f.IsField() {
			continue
		}
		em.fieldSet(cur, kv, id, t, f, kv.Value)
	}
}

// fieldSet adds the override that writing field f of a t in a test is.
func (em *emitter) fieldSet(cur inspector.Cursor, node ast.Node, name *ast.Ident, t types.Type, f *types.Var, rhs ast.Expr) {
	ref := &Reference{Kind: Override, Node: node, KeyNode: name, KeyObject: f, SetNode: rhs, Shape: noShape()}
	em.place(cur, ref)
	if spec, ok := em.set.Contains(t, f); ok && (ref.Test || ref.Support) && em.members(cur, node, rhs, spec) {
		return
	}
	if !ref.Test {
		return
	}
	if m, key, ok := em.set.FieldOf(t, f); ok && em.admits(m.Spec.Prefixes, key) {
		ref.Key, ref.Provider, ref.Type = key, m.Spec.Name, provider.ValueType(f.Type())
		ref.Set = em.constantOf(rhs)
		em.res.References = append(em.res.References, ref)
		return
	}
	if spec, ok := em.set.Contains(t, f); ok {
		em.spread(cur, rhs, &set{Provider: spec.Name, Prefixes: spec.Prefixes}, em.eval(rhs))
		return
	}
	got := em.fixed[f.Origin()]
	if got == nil && f.Pkg() != em.pass.Pkg {
		got = em.facts.field(em.state, f.Origin())
	}
	if got != nil {
		em.fixedSet(ref, got, rhs)
	}
}

// listed adds the overrides of an assignment in a test that gives a list of the flags
// that are on its keys.
func (em *emitter) listed(cur inspector.Cursor, n *ast.AssignStmt) {
	if len(n.Lhs) != 1 || len(n.Rhs) != 1 || n.Tok != token.ASSIGN {
		return
	}
	owner, v := em.named(n.Lhs[0])
	if v == nil {
		return
	}
	if spec, ok := em.set.Contains(owner, v); ok {
		ref := &Reference{}
		if em.place(cur, ref); ref.Test || ref.Support {
			em.members(cur, n, n.Rhs[0], spec)
		}
	}
}

// members adds an override for each key that a literal, or append, puts into a list
// of the flags that are on; it reports whether rhs is one of these. Where it puts only
// one there, the override is the whole node.
func (em *emitter) members(cur inspector.Cursor, node ast.Node, rhs ast.Expr, spec *provider.Spec) bool {
	var elems []ast.Expr
	switch x := ast.Unparen(rhs).(type) {
	case *ast.CompositeLit:
		elems = x.Elts
	case *ast.CallExpr:
		id, ok := x.Fun.(*ast.Ident)
		if b, isBuiltin := em.info.Uses[id].(*types.Builtin); !ok || !isBuiltin || b.Name() != "append" || len(x.Args) < 2 || x.Ellipsis.IsValid() {
			return false
		}
		elems = x.Args[1:]
	default:
		return false
	}
	for _, e := range elems {
		k := em.eval(e)
		if em.look.lose(k); !k.isString() || !em.admits(spec.Prefixes, k.Text) {
			continue
		}
		ref := &Reference{Kind: Override, Key: k.Text, Node: e, KeyNode: e, KeyObject: k.obj, Provider: spec.Name, Set: constant.MakeBool(true), Shape: noShape()}
		if len(elems) == 1 {
			ref.Node = node
		}
		em.place(cur, ref)
		em.res.References = append(em.res.References, ref)
	}
	return true
}

// fixedSet adds the override that writing a variable or field that stands for a
// flag is. Of a flag object that takes the place of another, the default counts.
func (em *emitter) fixedSet(ref *Reference, got *value, rhs ast.Expr) {
	key, prefixes := em.field(got, keyField), []string(nil)
	ref.Provider = got.Text
	switch {
	case got.Kind == kFlag && got.Flag.Eval.Inline:
		prefixes, ref.Provider = got.Flag.Eval.Prefixes, got.Flag.Eval.Provider
		ref.Set = em.constantOf(rhs)
	case got.Kind == kStruct && slices.Contains(got.Names, keyField):
		if !em.restores(rhs, ref.KeyObject) {
			ref.Set = em.field(em.eval(rhs), defaultField).constant()
		}
	default:
		return
	}
	keys, _ := em.keysOf(key)
	for _, k := range keys {
		if em.admits(prefixes, k.Text) {
			r := *ref
			r.Key = k.Text
			em.res.References = append(em.res.References, &r)
		}
	}
}

// restores reports whether rhs is a local that holds what the variable or field
// held before.
func (em *emitter) restores(rhs ast.Expr, target types.Object) bool {
	id, ok := ast.Unparen(rhs).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := em.info.Uses[id].(*types.Var)
	if !ok || len(em.idx.writes[v]) != 1 || em.idx.writes[v][0].rhs == nil {
		return false
	}
	return em.object(em.idx.writes[v][0].rhs) == target
}

// contained adds the override of a container's field that a test writes.
func (em *emitter) contained(cur inspector.Cursor, n ast.Expr, v *types.Var, got *value) {
	assign, ok := cur.Parent().Node().(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != len(assign.Rhs) {
		return
	}
	i := slices.Index(assign.Lhs, n)
	if i < 0 {
		return
	}
	ref := &Reference{Kind: Override, Node: assign, KeyNode: n, KeyObject: v, SetNode: assign.Rhs[i], Shape: noShape()}
	em.place(cur, ref)
	if ref.Test {
		em.fixedSet(ref, got, assign.Rhs[i])
	}
}

// pointer adds the reference of reading through the pointer that a registration
// returned, as in *flag.Bool("key", …).
func (em *emitter) pointer(cur inspector.Cursor, n *ast.StarExpr) {
	if tv := em.info.Types[n]; !tv.IsValue() {
		return
	}
	v := em.eval(n)
	if v.Kind != kFlag || !v.Flag.Eval.Pointer {
		return
	}
	for _, k := range em.admitted(v.Flag.Eval) {
		em.variableRef(cur, n, &Reference{Kind: Evaluation, Key: k.Text, Node: n, KeyObject: em.object(n.X), Provider: v.Flag.Eval.Provider,
			Type: v.Flag.Eval.Type, Shape: readShape(v.Flag.Exact)})
	}
}
