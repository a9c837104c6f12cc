package flagref

import (
	"go/types"
	"slices"
)

// Names are what code outside of a package has to name before it can have anything to do
// with the flags that the package knows of: of other packages that import it directly, or
// reach it. A driver that looks at the text of packages before it types them searches
// those that have one of the names, and what a search then lacks (Lacks). See Config.Carries.
type Names struct {
	// Scope are names of the package's scope, Members those of fields and methods; both
	// are exported, sorted and distinct.
	Scope, Members []string
	// Types are the types of the package's scope whose values have to do with flags.
	Types []string
	// Within are what other files of the package itself have to name, beside names that others
	// told: Scope and Members with what is not exported, and the variables and fields of which
	// a value is known.
	Within []string
}

// names are the Names of the package.
func (p *state) names(keys map[*types.Var]keyFact) Names {
	c := carriers{p: p, keys: keys, own: map[*types.TypeName]bool{}}
	scope := p.pass.Pkg.Scope()
	var all []*types.TypeName
	for _, name := range scope.Names() {
		if tn, ok := scope.Lookup(name).(*types.TypeName); ok {
			all = append(all, tn)
		}
	}
	for grown := true; grown; {
		grown = false
		for _, tn := range all {
			if !c.own[tn] && c.carrier(tn) {
				c.own[tn], grown = true, true
			}
		}
	}
	var out Names
	members, within := map[string]bool{}, map[string]bool{}
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if tn, ok := obj.(*types.TypeName); ok {
			c.members(tn, func(member types.Object) {
				within[member.Name()] = true
				if member.Exported() {
					members[member.Name()] = true
				}
			})
			if c.own[tn] {
				out.Types = append(out.Types, name)
			}
		}
		if c.relevant(obj) {
			within[name] = true
			if obj.Exported() {
				out.Scope = append(out.Scope, name)
			}
		} else if v, ok := obj.(*types.Var); ok && p.evalVar(v).telling() {
			within[name] = true
		}
	}
	for method := range p.impls.here {
		members[method.Name()], within[method.Name()] = true, true
	}
	for f, v := range p.fields {
		if v != nil {
			within[f.Name()] = true
		}
	}
	out.Members, out.Within = sortedKeys(members), sortedKeys(within)
	return out
}

// flagged reports whether a value is a flag's, or a function that has to do with flags.
func (p *state) flagged(v *value) bool {
	switch {
	case v == nil:
		return false
	case v.Kind == kFlag:
		key := v.Flag.Eval.Key
		return !key.isString() || p.admits(v.Flag.Eval.Prefixes, key.Text)
	}
	return p.runs(v) || slices.ContainsFunc(v.Elems, p.flagged)
}

// runs reports whether a value is a function that has to do with flags, or has one in it.
func (p *state) runs(v *value) bool {
	if v == nil || v.Kind != kFunc {
		return v != nil && slices.ContainsFunc(v.Elems, p.runs)
	}
	sum := v.Func.Sum
	if fn := p.function(v.Func.Name); fn != nil {
		sum = p.summaryOf(fn)
	}
	return p.tells(sum)
}

// tells reports whether callers of a function have to do with flags.
func (p *state) tells(s *summary) bool {
	return s != nil && (len(s.Evals)+len(s.Sets) > 0 || slices.ContainsFunc(s.Results, p.flagged))
}

// carriers tells which types hold values that have to do with flags.
type carriers struct {
	p    *state
	keys map[*types.Var]keyFact
	own  map[*types.TypeName]bool
}

// carrier reports whether a type of the package is one, as far as is known.
func (c *carriers) carrier(tn *types.TypeName) bool {
	if tn.IsAlias() {
		return c.mentions(tn.Type())
	}
	named, ok := tn.Type().(*types.Named)
	if !ok {
		return false
	}
	if c.p.set.KnowsType(named) {
		return true
	}
	if slices.ContainsFunc(methodsOf(named), c.method) {
		return true
	}
	for t := range named.TypeParams().TypeParams() {
		if c.mentions(t.Constraint()) {
			return true
		}
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if c.field(named, f) || f.Embedded() && c.mentions(f.Type()) {
				return true
			}
		}
		return false
	case *types.Interface:
		return false
	default:
		return c.mentions(u)
	}
}

// methodsOf are the methods that a type declares, or, of an interface, all that it has.
func methodsOf(named *types.Named) []*types.Func {
	if iface, ok := named.Underlying().(*types.Interface); ok {
		return slices.Collect(iface.Methods())
	}
	return slices.Collect(named.Methods())
}

// field reports whether a field of a type holds a flag, or the key of one.
func (c *carriers) field(named *types.Named, f *types.Var) bool {
	_, key := c.keys[f]
	return key || c.p.fixed[f] != nil || c.p.set.KnowsVar(named, f)
}

// method reports whether calls of a function or method have to do with flags.
func (c *carriers) method(fn *types.Func) bool {
	return c.p.set.KnowsFunc(fn) || c.p.tells(c.p.summaryOf(fn))
}

// function is method, or that the function takes or gives what has to do with flags.
func (c *carriers) function(fn *types.Func) bool { return c.method(fn) || c.mentions(fn.Signature()) }

// members gives the fields and methods of a type that have to do with flags.
func (c *carriers) members(tn *types.TypeName, yield func(types.Object)) {
	named, ok := tn.Type().(*types.Named)
	if !ok || tn.IsAlias() {
		return
	}
	for _, m := range methodsOf(named) {
		if c.function(m) {
			yield(m)
		}
	}
	if st, ok := named.Underlying().(*types.Struct); ok {
		c.fields(named, st, yield)
	}
}

// fields gives the fields of a struct, and of structs without a name in it.
func (c *carriers) fields(named *types.Named, st *types.Struct, yield func(types.Object)) {
	for f := range st.Fields() {
		if c.field(named, f) || c.p.flagged(c.p.fieldValue(f)) || c.mentions(f.Type()) {
			yield(f)
		}
		if inner, ok := f.Type().(*types.Struct); ok {
			c.fields(named, inner, yield)
		}
	}
}

// relevant reports whether an object of the scope has to do with flags.
func (c *carriers) relevant(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.TypeName:
		return c.own[obj]
	case *types.Func:
		return c.function(obj)
	case *types.Var:
		return c.p.fixed[obj] != nil || c.mentions(obj.Type()) || c.p.flagged(c.p.evalVar(obj)) || c.p.set.KnowsVar(nil, obj)
	case *types.Const:
		var fact constFact
		return c.mentions(obj.Type()) || c.p.pass.ImportObjectFact(obj, &fact)
	}
	return false
}

// mentions reports whether who has a value of type t gets at one that has to do with flags
// without naming a field or a method.
func (c *carriers) mentions(t types.Type) bool {
	return c.mentioned(t, map[types.Type]bool{})
}

func (c *carriers) mentioned(t types.Type, seen map[types.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	in := func(t types.Type) bool { return c.mentioned(t, seen) }
	switch t := t.(type) {
	case *types.Alias:
		return in(types.Unalias(t))
	case *types.Named:
		if tn := t.Origin().Obj(); tn.Pkg() != nil && (c.own[tn] || tn.Pkg() != c.p.pass.Pkg && c.p.look.carries(tn)) {
			return true
		}
		for arg := range t.TypeArgs().Types() {
			if in(arg) {
				return true
			}
		}
	case *types.Pointer:
		return in(t.Elem())
	case *types.Slice:
		return in(t.Elem())
	case *types.Array:
		return in(t.Elem())
	case *types.Chan:
		return in(t.Elem())
	case *types.Map:
		return in(t.Key()) || in(t.Elem())
	case *types.Tuple:
		return has(t, in)
	case *types.Signature:
		return in(t.Params()) || in(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if in(f.Type()) {
				return true
			}
		}
	case *types.Interface:
		for m := range t.Methods() {
			if c.method(m) || in(m.Signature()) {
				return true
			}
		}
		for e := range t.EmbeddedTypes() {
			if in(e) {
				return true
			}
		}
	case *types.Union:
		for term := range t.Terms() {
			if in(term.Type()) {
				return true
			}
		}
	case *types.TypeParam:
		return in(t.Constraint())
	}
	return false
}
