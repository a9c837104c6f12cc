package live

import (
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/internal/drive"
)

// facts are what the analyzers told of one package and its objects.
type facts struct {
	objects  map[objectFact]analysis.Fact
	packages map[reflect.Type]analysis.Fact
}

type objectFact struct {
	object types.Object
	kind   reflect.Type
}

func newFacts() *facts {
	return &facts{map[objectFact]analysis.Fact{}, map[reflect.Type]analysis.Fact{}}
}

// read copies a fact to what a pointer points to, if there is one.
func read(from, to analysis.Fact) bool {
	if from == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem())
	return true
}

// provide gives a pass the facts of its package and of the packages that it
// imports, directly or not.
func (p *Program) provide(pass *analysis.Pass, u *unit) {
	own := u.facts
	of := func(pkg *types.Package) *facts {
		if pkg == pass.Pkg {
			return own
		}
		if dep := p.byTypes[pkg]; dep != nil && dep.pkg.Sound() {
			return dep.facts
		}
		return nil
	}
	pass.ImportObjectFact = func(obj types.Object, fact analysis.Fact) bool {
		f := of(obj.Pkg())
		return f != nil && (f == own || drive.Visible(obj)) && read(f.objects[objectFact{obj, reflect.TypeOf(fact)}], fact)
	}
	pass.ImportPackageFact = func(pkg *types.Package, fact analysis.Fact) bool {
		f := of(pkg)
		return f != nil && read(f.packages[reflect.TypeOf(fact)], fact)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		own.objects[objectFact{obj, reflect.TypeOf(fact)}] = fact
	}
	pass.ExportPackageFact = func(fact analysis.Fact) { own.packages[reflect.TypeOf(fact)] = fact }
	wanted := map[reflect.Type]bool{}
	for _, f := range pass.Analyzer.FactTypes {
		wanted[reflect.TypeOf(f)] = true
	}
	pass.AllObjectFacts = func() []analysis.ObjectFact {
		var out []analysis.ObjectFact
		add := func(f *facts, all bool) {
			for key, fact := range f.objects {
				if wanted[key.kind] && (all || drive.Visible(key.object)) {
					out = append(out, analysis.ObjectFact{Object: key.object, Fact: fact})
				}
			}
		}
		for dep := range p.below(u) {
			add(dep.facts, false)
		}
		add(own, true)
		return out
	}
	pass.AllPackageFacts = func() []analysis.PackageFact {
		var out []analysis.PackageFact
		add := func(pkg *types.Package, f *facts) {
			for kind, fact := range f.packages {
				if wanted[kind] {
					out = append(out, analysis.PackageFact{Package: pkg, Fact: fact})
				}
			}
		}
		for dep := range p.below(u) {
			add(dep.pkg.Types, dep.facts)
		}
		add(pass.Pkg, own)
		return out
	}
}

// below are the sound packages that a package imports, directly or not.
func (p *Program) below(u *unit) map[*unit]bool {
	out := map[*unit]bool{}
	var visit func(u *unit)
	visit = func(u *unit) {
		for _, dep := range p.deps(u) {
			if dep.pkg.Sound() && !out[dep] {
				out[dep] = true
				visit(dep)
			}
		}
	}
	visit(u)
	return out
}
