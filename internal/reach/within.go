package reach

import (
	"fmt"
	"go/ast"
	"slices"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/removal"
)

// Within works a removal out from parts of a program that is there as a whole, as a Finder
// does where it is not: it saves nothing, and serves to hold the one against the other.
// What a package outside of the part holds is not looked at beyond its
// types.
func Within(prog *removal.Program, targets []removal.Target, opts removal.Options) (*removal.Plan, error) {
	var pkgs []Package
	sites := map[string][]analyzer.Site{}
	for _, pkg := range prog.Packages {
		p := Package{Path: pathOf(pkg)}
		for _, f := range pkg.Files {
			p.Files = append(p.Files, prog.Fset.Position(f.FileStart).Filename)
			p.Templates = p.Templates || slices.ContainsFunc(f.Imports, func(im *ast.ImportSpec) bool {
				return im.Path.Value == `"text/template"` || im.Path.Value == `"html/template"`
			})
		}
		for _, dep := range pkg.Imports {
			p.Imports = append(p.Imports, pathOf(dep))
		}
		pkgs = append(pkgs, p)
		sites[p.Path] = append(sites[p.Path], analyzer.NewPackage(pkg.Path, pkg.Name, prog.Fset, pkg.Refs).Sites...)
	}
	read := func(name string) ([]byte, error) {
		src, ok := prog.Sources[name]
		if !ok {
			return nil, fmt.Errorf("%s: is no file of the program", name)
		}
		return src, nil
	}
	part, err := New(pkgs, read, keysOf(targets), nil)
	if err != nil {
		return nil, err
	}
	part.Seed(keysOf(targets), sites)
	return part.plan(targets, opts, func() (*removal.Program, error) {
		sub := &removal.Program{Fset: prog.Fset, Sources: prog.Sources, Modules: prog.Modules, Outside: prog.Outside}
		needed := map[*removal.Package]bool{}
		for _, pkg := range slices.Backward(prog.Packages) { // dependencies come first
			in := part.Has(pathOf(pkg))
			if in || needed[pkg] {
				for _, dep := range pkg.Imports {
					needed[dep] = true
				}
			}
			switch {
			case in:
				sub.Packages = append(sub.Packages, pkg)
			case needed[pkg]:
				sub.Declared = append(sub.Declared, pkg)
			}
		}
		slices.Reverse(sub.Packages)
		slices.Reverse(sub.Declared)
		return sub, nil
	})
}

// pathOf is the path of the package that a package is a variant, or an external test, of.
func pathOf(p *removal.Package) string { return testedPath(p.Path, p.ForTest) }
