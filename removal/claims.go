package removal

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// Claim is what a plan takes for granted of code that the program does not hold: that
// it does not name something which the plan changes or knows the value of. Code that
// names it, unknown to the plan, may not compile any more, may give it another value,
// or keep a branch that is dead.
type Claim struct {
	// Package is the import path of the package that declares Name: at package level, as
	// a method, or as a field. Only names that other packages can write are claimed, or
	// ones with Values.
	Package, Name string
	// Values: nor has it anything to do with values of the type that the method or the field
	// belongs to, which takes no name: it converts none to an interface, prints, decodes
	// or compares none. Without a name: it does not import the package at all.
	Values bool
}

// claims are those that the outcome rests on, and the names for Plan.Names and Plan.Known. Facts are the only things that hold of the whole program: everything else is
// decided from a declaration and what it names.
func (e *engine) claims() (claims []Claim, names, known []string) {
	found, named, results := map[Claim]bool{}, map[string]bool{}, map[string]bool{}
	for k := range e.targets {
		named[k] = true
	}
	into := named
	add := func(oid objID) {
		obj := e.x.objs[oid]
		if obj == nil || obj.Pkg() == nil {
			return
		}
		into[obj.Name()] = true
		if f := e.x.fileAt(oid); f == nil || f.test {
			return // seen by its own package alone
		}
		c := Claim{Package: obj.Pkg().Path(), Name: obj.Name(), Values: hasReceiver(obj) || isField(obj)}
		if obj.Exported() || c.Values {
			found[c] = true
		}
	}
	for oid := range e.dead {
		add(oid)
	}
	for oid := range e.params {
		add(oid)
	}
	for oid := range e.results {
		add(oid)
	}
	for oid := range e.objConst {
		if v, ok := e.x.objs[oid].(*types.Var); ok && (v.IsField() || v.Pkg() != nil && v.Parent() == v.Pkg().Scope()) {
			add(oid)
			continue
		}
		e.addFunction(oid, add) // a parameter
	}
	for oid := range e.callbacks {
		e.addFunction(oid, add)
	}
	into = results
	for oid := range e.supposed {
		add(oid)
	}
	for d := range e.reached {
		if fd, ok := d.(*ast.FuncDecl); ok && e.unreadParameter(fd) {
			add(fd.Name.Pos())
		}
	}
	for oid := range e.fnConst {
		add(oid)
	}
	for oid := range e.emptyFuncs {
		add(oid)
	}
	for path := range e.goneInFull {
		found[Claim{Package: path, Values: true}] = true
	}
	for _, r := range e.refs {
		if o := r.KeyObject; o != nil && o.Pkg() != nil {
			named[o.Name()] = true
			if o.Exported() {
				found[Claim{Package: o.Pkg().Path(), Name: o.Name()}] = true
			}
		}
	}
	if e.tests != nil {
		for _, v := range e.tests.overwritable() {
			if v.Exported() && v.Pkg() != nil {
				found[Claim{Package: v.Pkg().Path(), Name: v.Name()}] = true
			}
		}
	}
	claims = slices.SortedFunc(maps.Keys(found), func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Name, b.Name), cmp.Compare(fmt.Sprint(a.Values), fmt.Sprint(b.Values)))
	})
	return claims, slices.Sorted(maps.Keys(named)), slices.Sorted(maps.Keys(results))
}

// unreadParameter reports whether a function that only code outside of the program calls has a
// parameter that nothing reads any more: it goes where all callers are seen.
func (e *engine) unreadParameter(fd *ast.FuncDecl) bool {
	u := e.graph.unitOf(fd.Name.Pos())
	if u == nil || !e.graph.idle[u] || !e.graph.namedElsewhere(u) {
		return false
	}
	return slices.ContainsFunc(fd.Type.Params.List, func(f *ast.Field) bool {
		return slices.ContainsFunc(f.Names, func(id *ast.Ident) bool {
			return len(e.x.usesOf(id.Pos())) > 0 && len(e.liveUses(id.Pos())) == 0
		})
	})
}

// wantDropped notes the packages of Program.Declared that declare something which the
// outcome uses in fewer places: it may be the last use that goes.
func (e *engine) wantDropped() {
	if len(e.x.declared) == 0 {
		return
	}
	seen := map[ast.Node]bool{}
	for n := range e.dec {
		d := e.topDecl(n)
		if d == nil || seen[d] {
			continue
		}
		seen[d] = true
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && !e.live(id) {
				for _, o := range e.x.objectsAt(id) {
					e.x.want(idOf(o))
				}
			}
			return true
		})
	}
}

// addFunction calls add with the function that declares a parameter.
func (e *engine) addFunction(param objID, add func(objID)) {
	id := e.identAt(param)
	if id == nil {
		return
	}
	if fd, ok := e.topDecl(id).(*ast.FuncDecl); ok {
		add(fd.Name.Pos())
	}
}

func hasReceiver(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Recv() != nil
}

func isField(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && v.IsField()
}

// overwritable are the variables that tests of any package may overwrite to set a
// flag: those that hold its evaluation as a function, or that it calls.
func (p *testPlan) overwritable() []*types.Var {
	var out []*types.Var
	for _, r := range p.e.refs {
		if r.Kind != flagref.Evaluation {
			continue
		}
		v := p.calledVar(r.Node)
		if r.Shape.Func {
			v = p.holder(r.Node)
		}
		if v != nil {
			out = append(out, v)
		}
	}
	return out
}
