package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"
)

func isTest(fset *token.FileSet, file *ast.File) bool {
	return strings.HasSuffix(fset.Position(file.FileStart).Filename, "_test.go")
}

// supportsTests reports whether a file is for tests, though it is none of theirs: it
// imports package testing.
func supportsTests(file *ast.File) bool {
	return file.Name.Name != "main" && slices.ContainsFunc(file.Imports, func(im *ast.ImportSpec) bool { return im.Path.Value == `"testing"` })
}

// FuncName names a function declaration of a package as the inventory does: shop.Total,
// shop.Cart.Total and shop.(*Cart).Total.
func FuncName(pkg *types.Package, fn *ast.FuncDecl) string {
	name := fn.Name.Name
	if fn.Recv != nil && len(fn.Recv.List) == 1 {
		t, pointer := fn.Recv.List[0].Type, false
		if s, ok := t.(*ast.StarExpr); ok {
			t, pointer = s.X, true
		}
		switch x := t.(type) {
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		}
		if id, ok := t.(*ast.Ident); ok && pointer {
			name = "(*" + id.Name + ")." + name
		} else if ok {
			name = id.Name + "." + name
		}
	}
	return path.Base(pkg.Path()) + "." + name
}
