package drive

import (
	"cmp"
	"go/types"
	"iter"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// Facts are what analyzers told of one package and its objects.
type Facts struct {
	Objects  map[ObjectFact]analysis.Fact
	Packages map[reflect.Type]analysis.Fact
}

// ObjectFact names a fact: the object that it is of, and its type.
type ObjectFact struct {
	Object types.Object
	Kind   reflect.Type
}

// NewFacts makes facts of a package of which nothing was told yet.
func NewFacts() *Facts {
	return &Facts{map[ObjectFact]analysis.Fact{}, map[reflect.Type]analysis.Fact{}}
}

// order gives the objects and kinds of the facts in the order of the source.
func (f *Facts) order() []ObjectFact {
	return slices.SortedFunc(maps.Keys(f.Objects), func(a, b ObjectFact) int {
		return cmp.Or(cmp.Compare(a.Object.Pos(), b.Object.Pos()), cmp.Compare(a.Object.Name(), b.Object.Name()),
			cmp.Compare(a.Kind.String(), b.Kind.String()))
	})
}

// FactSource is where a pass has its facts from, and where it leaves its own.
type FactSource struct {
	Own *Facts
	// Of gives the facts of an imported package; nil where there are none.
	Of func(*types.Package) *Facts
	// Below yields the packages with facts that the pass's own imports, directly or not.
	Below func() iter.Seq2[*types.Package, *Facts]
	// Ordered: a pass that asks for all facts of objects is given them in the order of
	// the source, which takes sorting them.
	Ordered bool
}

// Provide gives a pass the facts of its package and of the packages that it imports,
// directly or not.
func (s FactSource) Provide(pass *analysis.Pass) {
	of := func(pkg *types.Package) *Facts {
		if pkg == pass.Pkg {
			return s.Own
		}
		return s.Of(pkg)
	}
	pass.ImportObjectFact = func(obj types.Object, fact analysis.Fact) bool {
		f := of(obj.Pkg())
		return f != nil && (f == s.Own || Visible(obj)) && read(f.Objects[ObjectFact{obj, reflect.TypeOf(fact)}], fact)
	}
	pass.ImportPackageFact = func(pkg *types.Package, fact analysis.Fact) bool {
		f := of(pkg)
		return f != nil && read(f.Packages[reflect.TypeOf(fact)], fact)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		s.Own.Objects[ObjectFact{obj, reflect.TypeOf(fact)}] = fact
	}
	pass.ExportPackageFact = func(fact analysis.Fact) { s.Own.Packages[reflect.TypeOf(fact)] = fact }
	wanted := map[reflect.Type]bool{}
	for _, f := range pass.Analyzer.FactTypes {
		wanted[reflect.TypeOf(f)] = true
	}
	pass.AllObjectFacts = func() []analysis.ObjectFact {
		var out []analysis.ObjectFact
		add := func(f *Facts) {
			keys := maps.Keys(f.Objects)
			if s.Ordered {
				keys = slices.Values(f.order())
			}
			for key := range keys {
				if wanted[key.Kind] && (f == s.Own || Visible(key.Object)) {
					out = append(out, analysis.ObjectFact{Object: key.Object, Fact: f.Objects[key]})
				}
			}
		}
		for _, f := range s.Below() {
			add(f)
		}
		add(s.Own)
		return out
	}
	pass.AllPackageFacts = func() []analysis.PackageFact {
		var out []analysis.PackageFact
		add := func(pkg *types.Package, f *Facts) {
			for kind, fact := range f.Packages {
				if wanted[kind] {
					out = append(out, analysis.PackageFact{Package: pkg, Fact: fact})
				}
			}
		}
		for pkg, f := range s.Below() {
			add(pkg, f)
		}
		add(pass.Pkg, s.Own)
		return out
	}
}

// read copies a fact to what a pointer points to, if there is one.
func read(from, to analysis.Fact) bool {
	if from == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem())
	return true
}
