package flagref

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// keyFact tells importers that a struct field carries the key of a flag object:
// some function evaluates the flag that it names.
type keyFact struct {
	Provider string
	Prefixes []string // as in eval
	// Default is the field beside it that holds the fallback: empty where no
	// evaluation has one, noField where they have it from elsewhere.
	Default string
}

// noField is no field's name.
const noField = "-"

// AFact marks a fact of go/analysis.
func (*keyFact) AFact() {}

// String renders the fact, for tests.
func (f *keyFact) String() string { return "key of " + f.Provider }

// keyFields finds the struct fields that carry keys: those that an evaluation
// reads its key from, of a parameter or receiver.
func (p *state) keyFields() map[*types.Var]keyFact {
	out, ways := map[*types.Var]keyFact{}, map[*types.Var]keyFact{}
	for fn, s := range p.sums {
		asked := s.asksSDK()
		for _, e := range s.Evals {
			if e.Kind != Evaluation {
				continue
			}
			into := out
			if asked && len(e.Prefixes) > 0 {
				into = ways
			}
			p.keyFieldsOf(fn.Signature(), e.Key, &keyFact{e.Provider, e.Prefixes, e.defaultField()}, into)
		}
	}
	// A setting that is another way into a flag is no flag where a function asks
	// for it alone.
	for f := range ways {
		if len(out[f].Prefixes) > 0 {
			delete(out, f)
		}
	}
	return out
}

// asksSDK reports whether a function evaluates what is a flag whatever its key;
// a setting that it reads beside that is its way out.
func (s *summary) asksSDK() bool {
	return slices.ContainsFunc(s.Evals, func(e *eval) bool { return e.Kind == Evaluation && len(e.Prefixes) == 0 })
}

// keyFieldsOf adds the field that the key is read from, and returns the type of v.
func (p *state) keyFieldsOf(sig *types.Signature, v *value, fact *keyFact, out map[*types.Var]keyFact) types.Type {
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
		t := p.keyFieldsOf(sig, v.Elems[0], fact, nil)
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
					out[f.Origin()] = fact.beside(out, f.Origin())
				}
				return f.Type()
			}
		}
	case kConcat, kPure, kOneOf:
		for _, e := range v.Elems {
			p.keyFieldsOf(sig, e, fact, out)
		}
	}
	return nil
}

// defaultField is the field that holds the fallback in the struct whose field holds the
// key, as in keyFact.
func (e *eval) defaultField() string {
	switch {
	case e.Default == nil:
		return ""
	case e.Default.Kind != kField || e.Key.Kind != kField || !same(e.Default.Elems[0], e.Key.Elems[0]):
		return noField
	}
	return e.Default.Text
}

// beside is the fact as it is with what is known of the field already.
func (f *keyFact) beside(known map[*types.Var]keyFact, field *types.Var) keyFact {
	out := *f
	switch old := known[field]; {
	case out.Default == "":
		out.Default = old.Default
	case old.Default != "" && old.Default != out.Default:
		out.Default = noField
	}
	return out
}

// carriesKey reports whether field name of the struct type typ carries a key,
// and of which provider.
func (em *emitter) carriesKey(typ, name string) (fact keyFact, ok bool) {
	dot := lastDot(typ)
	if dot < 0 || em.types[typ[:dot]] == nil {
		return fact, false
	}
	obj, ok := em.types[typ[:dot]].Scope().Lookup(typ[dot+1:]).(*types.TypeName)
	if !ok {
		return fact, false
	}
	st, ok := structOf(obj.Type())
	if !ok {
		return fact, false
	}
	for i := range st.NumFields() {
		f := st.Field(i)
		if f.Name() != name {
			continue
		}
		if fact, ok := em.keys[f]; ok {
			return fact, true
		}
		if f.Pkg() != em.pass.Pkg && em.pass.ImportObjectFact(f, &fact) {
			return fact, true
		}
	}
	return fact, false
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
			fact, ok := em.carriesKey(v.Text, name)
			if ok {
				em.look.lose(key)
			}
			if ok && key.isString() && key.Text != "" && key.node != nil && within(key.node, spec) {
				if !em.admits(fact.Prefixes, key.Text) {
					continue
				}
				ref := &Reference{Kind: Declaration, Key: key.Text, Node: node, KeyNode: ast.Unparen(key.node), KeyObject: key.obj,
					Provider: fact.Provider, Shape: noShape()}
				if d := slices.Index(v.Names, fact.Default); d >= 0 && v.Elems[d].node != nil && within(v.Elems[d].node, spec) {
					ref.Default, ref.DefaultNode = v.Elems[d].constant(), v.Elems[d].node
				}
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
