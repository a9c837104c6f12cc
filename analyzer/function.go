package analyzer

import (
	"go/ast"
	"go/token"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"golang.org/x/tools/go/analysis"
)

// function is where a function declaration stands.
type function struct {
	name     string
	from, to int // offsets in its file
}

// functionsOf lists the function declarations of a package by file.
func functionsOf(ap *analysis.Pass) map[string][]function {
	out := map[string][]function{}
	for _, f := range ap.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				from, to := ap.Fset.Position(fn.Pos()), ap.Fset.Position(fn.End())
				out[from.Filename] = append(out[from.Filename], function{flagref.FuncName(ap.Pkg, fn), from.Offset, to.Offset})
			}
		}
	}
	return out
}

// enclosing returns the name of the function that a position is in, or "".
func enclosing(packages []*Package, pos token.Position) string {
	for _, pkg := range packages {
		for _, fn := range pkg.functions[pos.Filename] {
			if fn.from <= pos.Offset && pos.Offset < fn.to {
				return fn.name
			}
		}
	}
	return ""
}
