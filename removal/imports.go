package removal

import (
	"go/ast"
	"go/types"
	"strconv"
)

// deadImports returns the imports of a file that had a use before and have none
// now. Blank and cgo imports have no uses of their own and stay, but for blank ones of
// packages that go.
func (m *emitter) deadImports() []*ast.ImportSpec {
	var out []*ast.ImportSpec
	for _, im := range m.f.ast.Imports {
		path, err := strconv.Unquote(im.Path.Value)
		if err != nil || path == "C" || m.used[path] {
			continue
		}
		if im.Name != nil && im.Name.Name == "_" {
			if m.e.importsNothing(im) {
				out = append(out, im)
			}
			continue
		}
		if im.Name != nil && im.Name.Name == "." {
			if m.dotImportDead(path) {
				out = append(out, im)
			}
			continue
		}
		before, after := 0, 0
		for _, id := range m.e.x.usesOf(im.Pos()) {
			before++
			if m.e.live(id) {
				after++
			}
		}
		if before > 0 && after == 0 {
			out = append(out, im)
		}
	}
	return out
}

// dotImportDead reports whether every name that a dot import gave is gone.
func (m *emitter) dotImportDead(path string) bool {
	before, after := 0, 0
	ast.Inspect(m.f.ast, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if sel, ok := m.e.x.parent(id).(*ast.SelectorExpr); ok && sel.Sel == id {
			return true
		}
		for _, o := range m.e.x.objectsAt(id) {
			if o.Pkg() == nil || o.Pkg().Path() != path || o.Parent() != o.Pkg().Scope() {
				continue
			}
			if _, ok := o.(*types.PkgName); ok {
				continue
			}
			before++
			if m.e.live(id) {
				after++
			}
		}
		return true
	})
	return before > 0 && after == 0
}
