package flagref

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
)

// keyFact tells importers that a struct field carries the key of a flag object:
// some function evaluates the flag that it names.
type keyFact struct{ Provider string }

// AFact marks a fact of go/analysis.
func (*keyFact) AFact() {}

// String renders the fact, for tests.
func (f *keyFact) String() string { return "key of " + f.Provider }

// keyFields finds the struct fields that carry keys: those that an evaluation
// reads its key from, of a parameter or receiver.
func (p *state) keyFields() map[*types.Var]string {
	out := map[*types.Var]string{}
	for fn, s := range p.sums {
		for _, e := range s.Evals {
			if e.Kind == Evaluation {
				p.keyFieldsOf(fn.Signature(), e.Key, e.Provider, out)
			}
		}
	}
	return out
}

// keyFieldsOf adds the field that the key is read from, and returns the type of v.
func (p *state) keyFieldsOf(sig *types.Signature, v *value, provider string, out map[*types.Var]string) types.Type {
	switch v.Kind {
	case kParam:
		switch {
		case v.Text != "":
		case v.Index < 0 && sig.Recv() != nil:
			return sig.Recv().Type()
		case v.Index >= 0 && v.Index < sig.Params().Len():
			return sig.Params().At(v.Index).Type()
		}
	case kField:
		t := p.keyFieldsOf(sig, v.Elems[0], "", nil)
		if t == nil {
			return nil
		}
		st, ok := structOf(t)
		if !ok {
			return nil
		}
		for i := range st.NumFields() {
			if f := st.Field(i); f.Name() == v.Text {
				if out != nil && isString(f.Type()) {
					out[f.Origin()] = provider
				}
				return f.Type()
			}
		}
	case kConcat, kPure, kOneOf:
		for _, e := range v.Elems {
			p.keyFieldsOf(sig, e, provider, out)
		}
	}
	return nil
}

// carriesKey reports whether field name of the struct type typ carries a key,
// and of which provider.
func (em *emitter) carriesKey(typ, name string) (provider string, ok bool) {
	dot := lastDot(typ)
	if dot < 0 || em.types[typ[:dot]] == nil {
		return "", false
	}
	obj, ok := em.types[typ[:dot]].Scope().Lookup(typ[dot+1:]).(*types.TypeName)
	if !ok {
		return "", false
	}
	st, ok := structOf(obj.Type())
	if !ok {
		return "", false
	}
	for i := range st.NumFields() {
		f := st.Field(i)
		if f.Name() != name {
			continue
		}
		if provider, ok := em.keys[f]; ok {
			return provider, true
		}
		var fact keyFact
		if f.Pkg() != em.pass.Pkg && em.pass.ImportObjectFact(f, &fact) {
			return fact.Provider, true
		}
	}
	return "", false
}

// objects adds the declarations of the flag objects that a package variable holds.
func (em *emitter) objects(cur inspector.Cursor, spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		v, ok := em.info.Defs[name].(*types.Var)
		if !ok || v.Parent() != em.pass.Pkg.Scope() {
			continue
		}
		em.objectsIn(cur, spec, em.evalVar(v), spec)
	}
}

// objectsIn adds the declarations of flag objects within v. Node is the syntax
// around it.
func (em *emitter) objectsIn(cur inspector.Cursor, spec *ast.ValueSpec, v *value, node ast.Node) {
	switch v.Kind {
	case kStruct:
		for i, name := range v.Names {
			key := v.Elems[i]
			if provider, ok := em.carriesKey(v.Text, name); ok && key.isString() && key.Text != "" && key.node != nil && within(key.node, spec) {
				ref := &Reference{Kind: Declaration, Key: key.Text, Node: node, KeyNode: ast.Unparen(key.node), KeyObject: key.obj,
					Provider: provider, Shape: noShape()}
				em.place(cur, ref)
				em.res.References = append(em.res.References, ref)
				continue
			}
			em.objectsIn(cur, spec, key, em.inside(key, spec, node))
		}
	case kList, kMap, kOneOf:
		for _, e := range v.Elems {
			em.objectsIn(cur, spec, e, em.inside(e, spec, node))
		}
	}
}

// inside returns the syntax of a value that stands in another: its map entry, or
// its own expression.
func (em *emitter) inside(v *value, spec *ast.ValueSpec, outer ast.Node) ast.Node {
	switch {
	case v.entry != nil && within(v.entry, spec):
		return v.entry
	case v.node != nil && within(v.node, spec):
		return v.node
	}
	return outer
}
