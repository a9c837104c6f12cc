package removal

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// listsDeclarations reports whether an evaluation of one of several flags stands
// in a loop over the map or list that declares them, and hands what it gets on as
// data (a log of all flags, a table of them): once the flag's entry is gone the
// loop does not come by it. A loop that acts on the value would do less then, and
// one over any other list of flags says more than which there are.
func (e *engine) listsDeclarations(s *seed, x ast.Expr) bool {
	if e.opts.KeepDeclaration || e.opts.Local || !e.isData(x) {
		return false
	}
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		v := e.x.objectAt(id)
		for loop, ok := enclosing[*ast.RangeStmt](e.x, x); ok && !found; loop, ok = enclosing[*ast.RangeStmt](e.x, e.x.parent(loop)) {
			found = ranges(loop, e.x, v) && e.declaresFlag(loop.X, s.ref.Key)
		}
		return !found
	})
	return found
}

// ranges reports whether a loop gives a variable its values.
func ranges(loop *ast.RangeStmt, x *index, v types.Object) bool {
	for _, l := range []ast.Expr{loop.Key, loop.Value} {
		if id, ok := l.(*ast.Ident); ok && v != nil && loop.Tok == token.DEFINE && x.objectAt(id) == v {
			return true
		}
	}
	return false
}

// declaresFlag reports whether the literal that a package variable was made with
// declares a flag by one of its elements.
func (e *engine) declaresFlag(list ast.Expr, flag string) bool {
	id := nameOf(list)
	if id == nil {
		return false
	}
	spec, ok := e.x.decl(idOf(e.x.objectAt(id))).(*ast.ValueSpec)
	if !ok {
		return false
	}
	for _, r := range e.refs {
		if r.Kind != flagref.Declaration || r.Key != flag || !e.x.fileAt(r.Node.Pos()).editable() {
			continue
		}
		if lit, ok := e.x.parent(r.Node).(*ast.CompositeLit); ok && ast.Node(spec) == e.x.parent(lit) {
			return true
		}
	}
	return false
}
