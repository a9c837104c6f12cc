package flagref

import (
	"go/ast"
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
}

// Lacks is what a search would have asked of other packages that are typed from source, had
// it known that these were not searched.
type Lacks struct {
	// Needed are the paths of packages that are asked for what only a search of theirs tells:
	// a function gives what is to be a key, or is given a flag, or a function that evaluates one.
	Needed []string
	// Asked are the paths of packages of which the search asked for a value, and got none. Lost
	// says that something that it looked for, such as a key, was not known in the end, for
	// reasons of which one may be that: these packages may tell, or those that packages which
	// it imports asked in vain.
	Asked []string
	Lost  bool
}

// looking gathers Names and Lacks. It is nil where nobody asks for them.
type looking struct {
	carries func(*types.TypeName) bool
	needed  map[string]bool
	asked   map[string]bool
	lost    bool
}

func newLooking(carries func(*types.TypeName) bool) *looking {
	if carries == nil {
		return nil
	}
	return &looking{carries: carries, needed: map[string]bool{}, asked: map[string]bool{}}
}

// lose notes what v should have told and does not, because parts of it are not known.
func (l *looking) lose(v *value) {
	if l == nil || v == nil {
		return
	}
	if v.Kind == kDynamic && v.Index == 0 {
		for _, path := range v.Names {
			l.needed[path] = true
		}
		l.lost = l.lost || len(v.Names) == 0
	}
	for _, e := range v.Elems {
		l.lose(e)
	}
	for _, e := range v.Keys {
		l.lose(e)
	}
}

// unknownOf is what an object of another package gives of which nothing is known, so far: a
// search of that package may tell.
func (p *state) unknownOf(obj types.Object, why string) *value {
	v := dynamic(why)
	if fn, ok := obj.(*types.Func); ok && fn == nil {
		return v
	}
	if p.look != nil && obj.Pkg() != nil && obj.Pkg() != p.pass.Pkg {
		v.Names = []string{obj.Pkg().Path()}
	}
	return v
}

// miss notes that nothing is known of an object of another package that could hold a key, or
// call what it is given.
func (l *looking) miss(obj types.Object) {
	if l == nil || obj.Pkg() == nil {
		return
	}
	tells := false
	if fn, ok := obj.(*types.Func); ok {
		tells = holdsText(fn.Signature().Results())
		for v := range fn.Signature().Params().Variables() {
			_, function := v.Type().Underlying().(*types.Signature)
			tells = tells || function
		}
	} else {
		tells = holdsText(obj.Type())
	}
	if tells {
		l.asked[obj.Pkg().Path()] = true
	}
}

// holdsText reports whether a value of type t can be a key, or have one in it: anything but
// errors, booleans and numbers.
func holdsText(t types.Type) bool {
	switch u := t.(type) {
	case *types.Tuple:
		for v := range u.Variables() {
			if holdsText(v.Type()) {
				return true
			}
		}
		return false
	case *types.Named:
		if u.Obj().Pkg() == nil {
			return false // error
		}
	}
	b, ok := t.Underlying().(*types.Basic)
	return !ok || b.Info()&types.IsString != 0
}

// handed notes where a call gives something of flags to a function of another package that
// does nothing with flags, as far as is known: what it returns may be that, and it may call
// a function.
func (em *emitter) handed(call *ast.CallExpr) {
	if em.look == nil || len(call.Args) == 0 {
		return
	}
	fn := em.calledFunc(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == em.pass.Pkg || em.summaryOf(fn) != nil {
		return
	}
	gives := holdsMore(fn.Signature().Results())
	for _, arg := range call.Args {
		if v := em.eval(arg); gives && em.flagged(v) || em.runs(v) {
			em.look.needed[fn.Pkg().Path()] = true
			return
		}
	}
}

// holdsMore reports whether there are results beside an error.
func holdsMore(results *types.Tuple) bool {
	for v := range results.Variables() {
		if named, ok := v.Type().(*types.Named); !ok || named.Obj().Pkg() != nil {
			return true
		}
	}
	return false
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

// lacks is what the search asked for in vain. A wrapper that does more than evaluate may owe
// that to a function of another package that is not known.
func (p *state) lacks() Lacks {
	for fn, s := range p.sums {
		if decl := p.idx.decls[fn]; s.Effects && p.tells(s) && decl != nil {
			ast.Inspect(decl, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if fn := p.calledFunc(call); fn != nil && fn.Pkg() != nil && fn.Pkg() != p.pass.Pkg && holdsText(fn.Signature().Results()) && p.summaryOf(fn) == nil {
						p.look.needed[fn.Pkg().Path()] = true
					}
				}
				return true
			})
		}
	}
	return Lacks{Needed: sortedKeys(p.look.needed), Asked: sortedKeys(p.look.asked), Lost: p.look.lost}
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
	members := map[string]bool{}
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if tn, ok := obj.(*types.TypeName); ok {
			c.members(tn, members)
			if c.own[tn] {
				out.Types = append(out.Types, name)
			}
		}
		if obj.Exported() && c.relevant(obj) {
			out.Scope = append(out.Scope, name)
		}
	}
	for method := range p.impls.here {
		members[method.Name()] = true
	}
	out.Members = sortedKeys(members)
	return out
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
	for m := range named.Methods() {
		if c.method(m) {
			return true
		}
	}
	for t := range named.TypeParams().TypeParams() {
		if c.mentions(t.Constraint()) {
			return true
		}
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if _, ok := c.keys[f]; ok || c.p.fixed[f] != nil || f.Embedded() && c.mentions(f.Type()) || c.p.set.KnowsVar(named, f) {
				return true
			}
		}
		return false
	case *types.Interface:
		for m := range u.Methods() {
			if c.method(m) {
				return true
			}
		}
		return false
	default:
		return c.mentions(u)
	}
}

// method reports whether calls of a function or method have to do with flags.
func (c *carriers) method(fn *types.Func) bool {
	return c.p.set.KnowsFunc(fn) || c.p.tells(c.p.summaryOf(fn))
}

// members adds the fields and methods of a type that have to do with flags.
func (c *carriers) members(tn *types.TypeName, out map[string]bool) {
	named, ok := tn.Type().(*types.Named)
	if !ok || tn.IsAlias() {
		return
	}
	add := func(fn *types.Func) {
		if fn.Exported() && (c.method(fn) || c.mentions(fn.Signature().Params()) || c.mentions(fn.Signature().Results())) {
			out[fn.Name()] = true
		}
	}
	for m := range named.Methods() {
		add(m)
	}
	switch u := named.Underlying().(type) {
	case *types.Interface:
		for m := range u.Methods() {
			add(m)
		}
	case *types.Struct:
		c.fields(named, u, out)
	}
}

// fields adds the fields of a struct, and of structs without a name in it.
func (c *carriers) fields(named *types.Named, st *types.Struct, out map[string]bool) {
	for f := range st.Fields() {
		_, key := c.keys[f]
		if f.Exported() && (key || c.p.fixed[f] != nil || c.p.flagged(c.p.fieldValue(f)) || c.mentions(f.Type()) || c.p.set.KnowsVar(named, f)) {
			out[f.Name()] = true
		}
		if inner, ok := f.Type().(*types.Struct); ok {
			c.fields(named, inner, out)
		}
	}
}

// relevant reports whether an object of the scope has to do with flags.
func (c *carriers) relevant(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.TypeName:
		return c.own[obj]
	case *types.Func:
		return c.method(obj) || c.mentions(obj.Signature().Params()) || c.mentions(obj.Signature().Results())
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
		for v := range t.Variables() {
			if in(v.Type()) {
				return true
			}
		}
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
