package live

import (
	"go/types"
	"iter"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/internal/drive"
)

// provide gives a pass the facts of its package and of the packages that it
// imports, directly or not.
func (p *Program) provide(pass *analysis.Pass, u *unit) {
	drive.FactSource{
		Own: u.facts,
		Of: func(pkg *types.Package) *drive.Facts {
			if dep := p.byTypes[pkg]; dep != nil && dep.pkg.Sound() {
				return dep.facts
			}
			return nil
		},
		Below: func() iter.Seq2[*types.Package, *drive.Facts] {
			return func(yield func(*types.Package, *drive.Facts) bool) {
				for dep := range p.below(u) {
					if !yield(dep.pkg.Types, dep.facts) {
						return
					}
				}
			}
		},
	}.Provide(pass)
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
