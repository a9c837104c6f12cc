package load

import (
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/removal"
)

// Removal returns the program as package removal takes it: the packages of the
// main modules, with the flag references that refs gives for each (nil where a
// package was not analysed), apart from those that are typed by their declarations alone, and
// the packages of other modules that import one of these.
func (p *Program) Removal(refs map[*packages.Package]*flagref.Result) *removal.Program {
	out := &removal.Program{Fset: p.Fset, Sources: p.Sources}
	for _, m := range p.Modules {
		out.Modules = append(out.Modules, removal.Module{Path: m.Path, Dir: m.Dir})
	}
	converted := map[*Package]*removal.Package{}
	for _, pkg := range p.Packages { // dependencies first
		if !pkg.Main && !seesOne(pkg, converted) {
			continue
		}
		r := &removal.Package{
			ID:      pkg.ID,
			Path:    pkg.PkgPath,
			Name:    pkg.Name,
			ForTest: pkg.ForTest,
			Config:  pkg.Config,
			Files:   pkg.Syntax,
			Types:   pkg.Types,
			Info:    pkg.TypesInfo,
			Sizes:   pkg.TypesSizes,
			Refs:    refs[pkg.Package],
			Imports: map[string]*removal.Package{},
		}
		if pkg.Module != nil {
			r.Module = pkg.Module.Path
			if pkg.Module.GoVersion != "" {
				r.GoVersion = "go" + pkg.Module.GoVersion
			}
		}
		if r.Refs == nil {
			r.Refs = &flagref.Result{}
		}
		for _, e := range pkg.Errors {
			r.Errors = append(r.Errors, e)
		}
		for path, dep := range pkg.Deps {
			if d := converted[dep]; d != nil {
				r.Imports[path] = d
			}
		}
		converted[pkg] = r
		switch {
		case !pkg.Main:
			out.Outside = append(out.Outside, r)
		case pkg.Declared:
			out.Declared = append(out.Declared, r)
		default:
			out.Packages = append(out.Packages, r)
		}
	}
	return out
}

// seesOne reports whether a package imports one of those that were converted.
func seesOne(pkg *Package, converted map[*Package]*removal.Package) bool {
	for _, dep := range pkg.Deps {
		if converted[dep] != nil {
			return true
		}
	}
	return false
}
