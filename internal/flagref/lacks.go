package flagref

import (
	"go/ast"
	"go/types"
)

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

// unknownOf is what an object of a package gives of which nothing is known, so far: where it is
// another package, a search of that may tell. A nil package is not known itself.
func (p *state) unknownOf(pkg *types.Package, why string) *value {
	v := dynamic(why)
	if p.look != nil && pkg != nil && pkg != p.pass.Pkg {
		v.Names = []string{pkg.Path()}
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
		tells = holdsText(fn.Signature().Results()) || has(fn.Signature().Params(), func(t types.Type) bool {
			_, function := t.Underlying().(*types.Signature)
			return function
		})
	} else {
		tells = holdsText(obj.Type())
	}
	if tells {
		l.asked[obj.Pkg().Path()] = true
	}
}

// has reports whether one of several results or parameters has a type that match accepts.
func has(tuple *types.Tuple, match func(types.Type) bool) bool {
	for v := range tuple.Variables() {
		if match(v.Type()) {
			return true
		}
	}
	return false
}

// holdsText reports whether a value of type t can be a key, or have one in it: anything but
// errors, booleans and numbers.
func holdsText(t types.Type) bool {
	if tuple, ok := t.(*types.Tuple); ok {
		return has(tuple, holdsText)
	}
	if isError(t) {
		return false
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
	fn := em.stranger(call)
	if fn == nil {
		return
	}
	gives := has(fn.Signature().Results(), func(t types.Type) bool { return !isError(t) })
	for _, arg := range call.Args {
		if v := em.eval(arg); gives && em.flagged(v) || em.runs(v) {
			em.look.needed[fn.Pkg().Path()] = true
			return
		}
	}
}

// stranger is the function of another package that a call names, where nothing is known of it.
func (p *state) stranger(call *ast.CallExpr) *types.Func {
	fn := p.calledFunc(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == p.pass.Pkg || p.summaryOf(fn) != nil {
		return nil
	}
	return fn
}

// lacks is what the search asked for in vain. A wrapper that does more than evaluate may owe
// that to a function of another package that is not known.
func (p *state) lacks() Lacks {
	for fn, s := range p.sums {
		if decl := p.idx.decls[fn]; s.Effects && p.tells(s) && decl != nil {
			ast.Inspect(decl, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if fn := p.stranger(call); fn != nil && holdsText(fn.Signature().Results()) {
						p.look.needed[fn.Pkg().Path()] = true
					}
				}
				return true
			})
		}
	}
	return Lacks{Needed: sortedKeys(p.look.needed), Asked: sortedKeys(p.look.asked), Lost: p.look.lost}
}
