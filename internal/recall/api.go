package recall

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/digest"
)

// hashDeclarations is the key of all that importers can know of the types of a package: the
// text of its declarations without the bodies of functions, and without functions that
// no importer and none of these declarations can name. (The bodies of literals
// in the values of variables stay, which makes a change of one reach importers
// without need.) Where a declaration stands does not count: no rule and no
// search asks where something in another package is declared.
func hashDeclarations(pkg *packages.Package, source func(name string) ([]byte, error)) (digest.Sum, error) {
	h := digest.New("declarations")
	h.Text(pkg.Name)
	named := namesIn(pkg)
	for _, f := range pkg.Syntax {
		file := pkg.Fset.File(f.FileStart)
		src, err := source(file.Name())
		if err != nil {
			return digest.Sum{}, err
		}
		text := func(from, to token.Pos) {
			h.Text(string(src[file.Offset(from):file.Offset(to)]))
		}
		if f.GoVersion != "" {
			h.Text(f.GoVersion)
		}
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && !d.Name.IsExported() && !named[d.Name.Name] {
					continue
				}
				end := d.End()
				if d.Body != nil {
					end = d.Body.Lbrace
				}
				text(d.Type.Func, end)
			case *ast.GenDecl:
				text(d.TokPos, d.End())
			}
		}
	}
	return h.Done(), nil
}

// namesIn are the identifiers in the declarations of a package but for the bodies of
// functions: the type of a variable may be that of what a function returns.
func namesIn(pkg *packages.Package) map[string]bool {
	named := map[string]bool{}
	add := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				named[id.Name] = true
			}
			return true
		})
	}
	for _, f := range pkg.Syntax {
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				add(d.Type)
				if d.Recv != nil {
					add(d.Recv)
				}
			case *ast.GenDecl:
				add(d)
			}
		}
	}
	return named
}
