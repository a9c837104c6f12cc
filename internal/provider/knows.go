package provider

import (
	"go/types"
	"maps"
	"slices"
)

// Use is how code that has to do with the flags of a package of a flag system can be told
// without types.
type Use struct {
	// Functions are functions of the package's scope, and Methods methods, that code has
	// to name: the first where it imports the package, the second anywhere. Sorted.
	Functions, Methods []string
	// Carried: values of the package's types, or its variables, have to do with flags, so that
	// all code does that imports the package, or has such a value from elsewhere.
	Carried bool
	// Limited: only keys that a registry names or that start with a prefix are flags.
	Limited bool
}

// Uses tells how code uses the package of a path; ok is false where no spec names anything
// in it.
func (s *Set) Uses(path string) (u Use, ok bool) {
	p := s.place(path)
	if p == nil {
		return u, false
	}
	functions, methods := map[string]bool{}, map[string]bool{}
	u.Limited = true
	for _, t := range p.tables {
		u.Carried = u.Carried || len(t.types)+len(t.lookups)+len(t.contains) > 0
		for _, e := range t.types {
			u.Limited = u.Limited && len(e.spec.Prefixes) > 0
		}
		for _, vars := range []map[member]*Spec{t.lookups, t.contains} {
			for _, spec := range vars {
				u.Limited = u.Limited && len(spec.Prefixes) > 0
			}
		}
		for m, e := range t.members {
			u.Limited = u.Limited && len(e.spec.Prefixes) > 0
			switch {
			case m.recv == "":
				functions[m.name] = true
				u.Carried = u.Carried || e.declare != nil && e.declare.Into == nil || e.declares != nil || e.container != nil
			case e.setsOnly():
				methods[m.name] = true
			default:
				u.Carried = true
			}
		}
	}
	u.Functions, u.Methods = slices.Sorted(maps.Keys(functions)), slices.Sorted(maps.Keys(methods))
	return u, true
}

// setsOnly reports whether all that is known of a function is that it sets flags.
func (e *entry) setsOnly() bool {
	return len(e.overrides) > 0 && len(e.functions) == 0 && e.evaluate == nil && e.declare == nil && e.declares == nil &&
		e.container == nil && e.decoder == nil && e.scope == nil && !e.option && e.meta == ""
}

// KnowsFunc reports whether a spec names a function or method.
func (s *Set) KnowsFunc(fn *types.Func) bool {
	e, _ := s.entry(fn)
	return e != nil
}

// KnowsType reports whether a spec names a type.
func (s *Set) KnowsType(t types.Type) bool {
	e, _ := s.typeEntry(t)
	return e != nil
}

// KnowsVar reports whether a spec names a variable, or, with its owner, a field.
func (s *Set) KnowsVar(owner types.Type, v *types.Var) bool {
	if _, ok := s.Lookup(owner, v); ok {
		return true
	}
	if _, ok := s.Contains(owner, v); ok {
		return true
	}
	_, _, ok := s.FieldOf(owner, v)
	return ok
}

// Prefixes are those of all specs that are limited to keys that start with one.
func (s *Set) Prefixes() []string {
	found := map[string]bool{}
	for _, spec := range s.specs {
		for _, p := range spec.Prefixes {
			if p != "" && p[0] != '!' {
				found[p] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
