package removal

import (
	"go/ast"
	"go/types"
)

// literalNames are the names of Go itself that a literal may need.
var literalNames = func() map[string]bool {
	m := map[string]bool{"true": true, "false": true, "nil": true}
	for _, t := range types.Typ {
		if types.Universe.Lookup(t.Name()) != nil { // the others are untyped, or unsafe's
			m[t.Name()] = true
		}
	}
	return m
}()

// hidden reports whether a literal cannot take the place of x, since the program
// gives one of the names that it needs another meaning there (ShadowedName).
func (e *engine) hidden(x ast.Expr) bool {
	if e.hiding == nil {
		e.hiding = map[*types.Package]bool{}
		for _, pkg := range e.x.prog.Packages {
			for id, obj := range pkg.Info.Defs {
				v, isVar := obj.(*types.Var)
				if literalNames[id.Name] && obj != nil && !(isVar && v.IsField()) {
					e.hiding[pkg.Types] = true
					break
				}
			}
		}
	}
	f := e.x.fileAt(x.Pos())
	if f == nil {
		return false
	}
	for _, view := range f.views {
		if !e.hiding[view.Types] {
			continue
		}
		in := view.Types.Scope().Innermost(x.Pos())
		if in == nil {
			continue
		}
		for name := range literalNames {
			if s, _ := in.LookupParent(name, x.Pos()); s != nil && s != types.Universe {
				return true
			}
		}
	}
	return false
}

// refuseHidden gives up the evaluations in x where a literal cannot take their
// place; it reports whether one cannot.
func (w *walker) refuseHidden(x ast.Expr) bool {
	if !w.e.hidden(x) {
		return false
	}
	ast.Inspect(x, func(n ast.Node) bool {
		if y, ok := n.(ast.Expr); ok {
			if s := w.e.seeds[y]; s != nil {
				w.e.refuse(s, y, "shadowed", "the program gives true, false, nil or a basic type another meaning here: rename that first")
			}
		}
		return true
	})
	return true
}
