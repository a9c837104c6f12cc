package provider

import (
	"errors"
	"go/types"
	"slices"
	"strings"
	"sync"
)

// Set answers for objects of go/types what the specs know of them. It does not
// change once made, and is safe for concurrent use.
//
// A spec needs no switching on: its names lie in packages of its modules, and
// only code that imports them, directly or through others, has objects of them.
type Set struct {
	specs   []*Spec
	modules []string // version-stripped, longest first
	// exact holds what is named by full package path, stripped what a spec with
	// modules names: its paths are without the module's version.
	exact, stripped map[string]*table

	paths sync.Map // package path -> *place
}

// table is what is known of the objects of one package.
type table struct {
	members map[member]*entry
	types   map[string]*typeEntry
	// lookups and contains name package-level variables, and fields of types
	lookups, contains map[member]*Spec
}

// place is a package path looked up: its tables and major version.
type place struct {
	tables []*table
	major  int
}

// entry is what is known of one function or method. All rows are of one spec.
type entry struct {
	spec      *Spec
	functions []*Function
	overrides []*Override
	evaluate  *Evaluate
	declare   *Object
	declares  *Declaration
	container *Container
	decoder   *Decoder
	scope     *Scope
	option    bool
	meta      string
}

// typeEntry is what is known of one named type.
type typeEntry struct {
	spec     *Spec
	field    *Field
	object   *Object
	override *Override
	holds    *Container
}

// Match is a row of a spec that holds for an object.
type Match[T any] struct {
	Spec *Spec
	Row  *T
	// Major is the major version of the module that declares the object, 1 where
	// its path has none.
	Major int
}

// NewSet makes a Set of specs, built-in ones (Builtin) among them. It refuses
// bad names, unknown placeholders, and two specs that claim one name; only a
// built-in spec gives way to a configured one. All errors are told, joined.
func NewSet(specs []Spec) (*Set, error) {
	s := &Set{exact: map[string]*table{}, stripped: map[string]*table{}}
	var errs []error
	specs, err := merge(specs)
	errs = append(errs, err)
	for i := range specs {
		spec := &specs[i]
		s.specs = append(s.specs, spec)
		for _, m := range spec.Modules {
			if m == "" || strings.ContainsAny(m, "{}()* \t") {
				errs = append(errs, spec.errorAt(m, "%q is no module path", m))
				continue
			}
			s.modules = append(s.modules, trimVersion(m))
		}
	}
	slices.SortFunc(s.modules, func(a, b string) int { return len(b) - len(a) })
	s.modules = slices.Compact(s.modules)
	// Configured specs first: a built-in gives way.
	for _, builtin := range []bool{false, true} {
		for _, spec := range s.specs {
			if spec.builtin == builtin {
				errs = append(errs, s.add(spec))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

// merge checks the names of the specs, and gives the prefixes of a configured
// spec that has nothing else to the built-in one of its name.
func merge(specs []Spec) ([]Spec, error) {
	var out []Spec
	var errs []error
	for _, spec := range specs {
		if spec.Name == "" {
			errs = append(errs, spec.errorAt("", "it has no name (give it one)"))
		}
		i := slices.IndexFunc(out, func(o Spec) bool { return o.Name == spec.Name })
		switch {
		case i < 0:
			out = append(out, spec)
		case out[i].builtin && !spec.builtin && spec.prefixesOnly():
			out[i].Prefixes, out[i].ownPrefixes = spec.Prefixes, true
		case out[i].builtin != spec.builtin:
			out = append(out, spec)
		default:
			errs = append(errs, spec.errorAt(spec.Name, "the name is given twice (rename one)"))
		}
	}
	return out, errors.Join(errs...)
}

func (s *Spec) prefixesOnly() bool {
	return len(s.Prefixes) > 0 && len(s.Functions)+len(s.Fields)+len(s.Objects)+len(s.Declarations)+len(s.Containers)+
		len(s.Decoders)+len(s.Scopes)+len(s.Lookups)+len(s.Contains)+len(s.Overrides) == 0
}

// Specs returns the specs of the set, in the order given.
func (s *Set) Specs() []*Spec { return s.specs }

// trimVersion takes a major version suffix off a module path.
func trimVersion(module string) string {
	if i := strings.LastIndexByte(module, '/'); i >= 0 {
		if _, ok := version(module[i+1:]); ok {
			return module[:i]
		}
	}
	if i := strings.LastIndexByte(module, '.'); i >= 0 && strings.HasPrefix(module, "gopkg.in/") {
		if _, ok := version(module[i+1:]); ok {
			return module[:i]
		}
	}
	return module
}

// Function tells whether a call of fn evaluates a flag. fn may be an instance of
// a generic function or a method of an interface; the row holds for the major
// version of the module that declares it.
func (s *Set) Function(fn *types.Func) (Match[Function], bool) {
	e, major := s.entry(fn)
	if e == nil {
		return Match[Function]{}, false
	}
	for _, row := range e.functions {
		if within(major, row.Since, row.Until) {
			return Match[Function]{e.spec, row, major}, true
		}
	}
	return Match[Function]{}, false
}

// Override tells whether a call of fn sets a flag.
func (s *Set) Override(fn *types.Func) (Match[Override], bool) {
	e, major := s.entry(fn)
	if e == nil {
		return Match[Override]{}, false
	}
	for _, row := range e.overrides {
		if within(major, row.Since, row.Until) {
			return Match[Override]{e.spec, row, major}, true
		}
	}
	return Match[Override]{}, false
}

// Declare tells whether the result of fn is a flag object.
func (s *Set) Declare(fn *types.Func) (Match[Object], bool) {
	e, major := s.entry(fn)
	if e == nil || e.declare == nil {
		return Match[Object]{}, false
	}
	return Match[Object]{e.spec, e.declare, major}, true
}

// Declaration tells whether a call of fn declares a flag by its key.
func (s *Set) Declaration(fn *types.Func) (Match[Declaration], bool) {
	e, major := s.entry(fn)
	if e == nil || e.declares == nil {
		return Match[Declaration]{}, false
	}
	return Match[Declaration]{e.spec, e.declares, major}, true
}

// Evaluate tells whether a call of fn evaluates a flag object, its receiver or
// an argument.
func (s *Set) Evaluate(fn *types.Func) (Match[Evaluate], bool) {
	e, major := s.entry(fn)
	if e == nil || e.evaluate == nil {
		return Match[Evaluate]{}, false
	}
	return Match[Evaluate]{e.spec, e.evaluate, major}, true
}

// Container tells whether a call of fn registers a struct of flag objects.
func (s *Set) Container(fn *types.Func) (Match[Container], bool) {
	e, major := s.entry(fn)
	if e == nil || e.container == nil {
		return Match[Container]{}, false
	}
	return Match[Container]{e.spec, e.container, major}, true
}

// Decoder tells whether a call of fn fills a struct from settings.
func (s *Set) Decoder(fn *types.Func) (Match[Decoder], bool) {
	e, major := s.entry(fn)
	if e == nil || e.decoder == nil {
		return Match[Decoder]{}, false
	}
	return Match[Decoder]{e.spec, e.decoder, major}, true
}

// Scope tells whether a call of fn gives the settings below a key.
func (s *Set) Scope(fn *types.Func) (Match[Scope], bool) {
	e, major := s.entry(fn)
	if e == nil || e.scope == nil {
		return Match[Scope]{}, false
	}
	return Match[Scope]{e.spec, e.scope, major}, true
}

// IsOption tells whether fn gives the fallback of an evaluation of its spec as
// argument 0 (Function.Option).
func (s *Set) IsOption(fn *types.Func) bool {
	e, _ := s.entry(fn)
	return e != nil && e.option
}

// MetaOption tells which field of a flag fn gives as an option of its
// registration (Object.Options), if it is one.
func (s *Set) MetaOption(fn *types.Func) (field string, ok bool) {
	e, _ := s.entry(fn)
	if e == nil || e.meta == "" {
		return "", false
	}
	return e.meta, true
}

// within reports whether major lies in [since, until], 0 being no bound.
func within(major, since, until int) bool {
	return (since == 0 || major >= since) && (until == 0 || major <= until)
}

// entry finds what is known of a function.
func (s *Set) entry(fn *types.Func) (*entry, int) {
	if fn == nil || fn.Pkg() == nil {
		return nil, 0
	}
	p := s.place(fn.Pkg().Path())
	if p == nil {
		return nil, 0
	}
	m, ok := memberOf(fn.Origin())
	if !ok {
		return nil, 0
	}
	for _, t := range p.tables {
		if e := t.members[m]; e != nil {
			return e, p.major
		}
	}
	return nil, 0
}

// memberOf names a function within its package. A method of an interface
// literal has no name.
func memberOf(fn *types.Func) (member, bool) {
	m := member{name: fn.Name()}
	recv := fn.Signature().Recv()
	if recv == nil {
		return m, true
	}
	t := recv.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t, m.ptr = p.Elem(), true
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return m, false
	}
	m.recv = named.Obj().Name()
	return m, true
}

// place finds the tables of a package path, nil if there are none.
func (s *Set) place(path string) *place {
	if p, ok := s.paths.Load(path); ok {
		return p.(*place)
	}
	var p *place
	if t := s.exact[path]; t != nil {
		p = &place{tables: []*table{t}, major: 1}
	}
	for _, m := range s.modules {
		stripped, major, ok := stripVersion(path, m)
		if !ok {
			continue
		}
		if t := s.stripped[stripped]; t != nil {
			if p == nil {
				p = &place{}
			}
			p.tables = append(p.tables, t)
			p.major = major
			break
		}
	}
	s.paths.Store(path, p)
	return p
}

// typeEntry finds what is known of a type; pointers and aliases are seen through.
func (s *Set) typeEntry(t types.Type) (*typeEntry, int) {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return nil, 0
	}
	p := s.place(named.Obj().Pkg().Path())
	if p == nil {
		return nil, 0
	}
	for _, tab := range p.tables {
		if e := tab.types[named.Obj().Name()]; e != nil {
			return e, p.major
		}
	}
	return nil, 0
}

// namedOf returns the named type behind aliases and one pointer, as declared
// (generic origin); nil if there is none.
func namedOf(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	return named.Origin()
}
