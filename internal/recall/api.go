package recall

import (
	"go/ast"
	"go/token"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/load"
)

// hashDeclarations adds all that importers can know of the types of a package: the
// text of its declarations without the bodies of functions. (The bodies of literals
// in the values of variables stay, which makes a change of one reach importers
// without need.) Where a declaration stands does not count: no rule and no
// search asks where something in another package is declared.
func hashDeclarations(h *digest.Hash, pkg *load.Package, source func(name string) ([]byte, error)) error {
	for _, f := range pkg.Syntax {
		file := pkg.Fset.File(f.FileStart)
		src, err := source(file.Name())
		if err != nil {
			return err
		}
		text := func(from, to token.Pos) {
			h.Text(string(src[file.Offset(from):file.Offset(to)]))
		}
		h.Text(f.Name.Name)
		h.Text(f.GoVersion)
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
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
	return nil
}
