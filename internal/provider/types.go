package provider

import (
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// ObjectType tells whether literals of t (a named type, or a pointer to one)
// are flag objects.
func (s *Set) ObjectType(t types.Type) (Match[Object], bool) {
	e, major := s.typeEntry(t)
	if e == nil || e.object == nil {
		return Match[Object]{}, false
	}
	return Match[Object]{e.spec, e.object, major}, true
}

// OverrideType tells whether literals of t set flags.
func (s *Set) OverrideType(t types.Type) (Match[Override], bool) {
	e, major := s.typeEntry(t)
	if e == nil || e.override == nil || !within(major, e.override.Since, e.override.Until) {
		return Match[Override]{}, false
	}
	return Match[Override]{e.spec, e.override, major}, true
}

// Holds tells whether a field of type t in a container is a flag: t is, or
// implements, the interface that a Container names. Only named interfaces that
// the data names, and types that embed them or have their methods from a type
// of the same module, can be told apart cheaply; t is therefore compared by
// name, and by the interface it is declared to embed.
func (s *Set) Holds(t types.Type) (Match[Container], bool) {
	return s.holds(t, 0)
}

func (s *Set) holds(t types.Type, depth int) (Match[Container], bool) {
	if e, major := s.typeEntry(t); e != nil && e.holds != nil {
		return Match[Container]{e.spec, e.holds, major}, true
	}
	named := namedOf(t)
	if named == nil || depth > 8 {
		return Match[Container]{}, false
	}
	if iface, ok := named.Underlying().(*types.Interface); ok {
		for i := range iface.NumEmbeddeds() {
			if m, ok := s.holds(iface.EmbeddedType(i), depth+1); ok {
				return m, true
			}
		}
	}
	return Match[Container]{}, false
}

// FieldOf tells whether reading field of struct type owner (a named type, or a
// pointer to one) evaluates a flag, and which: its tag up to a comma, or its
// name. A field tagged "-", an embedded field, a field of package sync, and an unexported
// one beside exported ones, which is for the struct's own use, are none. For a selector x.F
// that goes through embedded structs, owner is what Owner gives.
func (s *Set) FieldOf(owner types.Type, field *types.Var) (m Match[Field], key string, ok bool) {
	e, major := s.typeEntry(owner)
	if e == nil || e.field == nil || field == nil || field.Embedded() {
		return m, "", false
	}
	st, isStruct := namedOf(owner).Underlying().(*types.Struct)
	if !isStruct || isLock(field.Type()) || !field.Exported() && exports(st) {
		return m, "", false
	}
	for i := range st.NumFields() {
		if f := st.Field(i); f != field && (f.Name() != field.Name() || f.Pos() != field.Pos()) {
			continue
		}
		key = field.Name()
		if e.field.Tag != "" {
			name, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get(e.field.Tag), ",")
			switch name {
			case "-":
				return m, "", false
			case "":
			default:
				key = name
			}
		}
		return Match[Field]{e.spec, e.field, major}, key, true
	}
	return m, "", false
}

// exports reports whether a struct has an exported field.
func exports(st *types.Struct) bool {
	for f := range st.Fields() {
		if f.Exported() {
			return true
		}
	}
	return false
}

// isLock reports whether a type is one of package sync, or a pointer to one.
func isLock(t types.Type) bool {
	n := namedOf(t)
	return n != nil && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync"
}

// FieldStruct tells whether t is a struct (or pointer to one) whose field reads
// evaluate flags; FieldOf answers for its fields.
func (s *Set) FieldStruct(t types.Type) (Match[Field], bool) {
	e, major := s.typeEntry(t)
	if e == nil || e.field == nil {
		return Match[Field]{}, false
	}
	return Match[Field]{e.spec, e.field, major}, true
}

// Owner walks a field selection through embedded structs, and returns the type
// that declares the field, and the field.
func Owner(sel *types.Selection) (owner types.Type, field *types.Var) {
	if sel.Kind() != types.FieldVal {
		return nil, nil
	}
	owner = sel.Recv()
	for _, i := range sel.Index() {
		if field != nil {
			owner = field.Type()
		}
		st, ok := structOf(owner)
		if !ok || i >= st.NumFields() {
			return nil, nil
		}
		field = st.Field(i)
	}
	return owner, field
}

// structOf returns the struct behind names, aliases and one pointer.
func structOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// Lookup tells whether v is a map from key to flag object: a package variable,
// or, with its owner, a field.
func (s *Set) Lookup(owner types.Type, v *types.Var) (*Spec, bool) {
	return s.variable(owner, v, func(t *table) map[member]*Spec { return t.lookups })
}

// Contains tells whether v is a collection of the keys that are on: a package
// variable, or, with its owner, a field.
func (s *Set) Contains(owner types.Type, v *types.Var) (*Spec, bool) {
	return s.variable(owner, v, func(t *table) map[member]*Spec { return t.contains })
}

func (s *Set) variable(owner types.Type, v *types.Var, tab func(*table) map[member]*Spec) (*Spec, bool) {
	if v == nil || v.Pkg() == nil {
		return nil, false
	}
	m, pkg := member{name: v.Name()}, v.Pkg()
	switch {
	case v.IsField():
		named := namedOf(owner)
		if named == nil || named.Obj().Pkg() == nil {
			return nil, false
		}
		m.recv, pkg = named.Obj().Name(), named.Obj().Pkg()
	case v.Parent() != pkg.Scope():
		return nil, false
	}
	p := s.place(pkg.Path())
	if p == nil {
		return nil, false
	}
	for _, t := range p.tables {
		if spec := tab(t)[m]; spec != nil {
			return spec, true
		}
	}
	return nil, false
}

// Admits tells whether a key is one that the spec acts on: it has no prefixes,
// a registry names the key (registered, which may be nil), or it starts with a
// prefix and is not excepted (!KEY).
func (s *Spec) Admits(key string, registered func(key string) bool) bool {
	if len(s.Prefixes) == 0 || registered != nil && registered(key) {
		return true
	}
	admitted := false
	for _, p := range s.Prefixes {
		if except, ok := strings.CutPrefix(p, "!"); ok {
			if key == except {
				return false
			}
		} else if len(key) > len(p) && strings.HasPrefix(key, p) {
			admitted = true
		}
	}
	return admitted
}

// PrefixesOf are the prefixes that hold for a row. A row that is named acts on keys that a
// registry names, or that start with a prefix of the configuration: the built-in prefixes
// are a guess, which is right for options that are bools (--feature-search) and wrong for
// others (--feature-branch, --ff-file).
func (s *Spec) PrefixesOf(named bool) []string {
	if named && !s.ownPrefixes && len(s.Prefixes) > 0 {
		return []string{"!"} // the exception of no key: no prefix at all
	}
	return s.Prefixes
}

// Builtin reports whether the spec is a built-in one.
func (s *Spec) Builtin() bool { return s.builtin }

// ValueType is the type of flag that a Go type carries: by its underlying basic
// type, pointers not seen through; maps, slices and structs carry JSON. An
// interface tells nothing.
func ValueType(t types.Type) registry.Type {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return registry.TypeBool
		case info&types.IsString != 0:
			return registry.TypeString
		case info&types.IsInteger != 0:
			return registry.TypeInt
		case info&types.IsFloat != 0:
			return registry.TypeFloat
		}
	case *types.Map, *types.Slice, *types.Array, *types.Struct:
		return registry.TypeJSON
	}
	return registry.TypeUnknown
}

// StageOf tells what a stage constant of value v means. from is the package of
// the constant's type, in which the names of Stages are looked up; where it is
// nil, or lacks them, names are compared with the value itself.
func (o *Object) StageOf(from *types.Package, v constant.Value) (Stage, bool) {
	for name, stage := range o.Stages {
		if from != nil {
			if c, ok := from.Scope().Lookup(name).(*types.Const); ok {
				if v != nil && c.Val().Kind() == v.Kind() && constant.Compare(c.Val(), token.EQL, v) {
					return stage, true
				}
				continue
			}
		}
		if v != nil && v.Kind() == constant.String && constant.StringVal(v) == name {
			return stage, true
		}
	}
	return Stage{}, false
}
