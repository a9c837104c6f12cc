package removal

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Where the flag leaves a condition that stood with it, if flag && a { … } else if a { … },
// the same condition behind it cannot hold any more: in the else branches and where the last
// of them starts, in the cases below, and in the next statement where the arm does not come back. What a
// careful person deletes then is ruled out here.

// condition is expr for a condition that is only asked where those in known are false.
func (w *walker) condition(x ast.Expr, known []ast.Expr) *value {
	w.known = known
	v := w.expr(x)
	w.known = nil
	return v
}

// isLogical reports whether what is known of an expression's operands is known of it.
func isLogical(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return true
	case *ast.UnaryExpr:
		return x.Op == token.NOT
	case *ast.BinaryExpr:
		return x.Op == token.LAND || x.Op == token.LOR
	}
	return false
}

// ruledOut reports whether an expression is one of the conditions that are known to be
// false where it is asked for.
func (w *walker) ruledOut(x ast.Expr) bool {
	for _, k := range w.known {
		if w.e.sameAsLeft(k, x) {
			return true
		}
	}
	return false
}

// alsoFalse adds a condition, which was walked, to those that are known to be false behind
// it: if the flag had a part in it. One that has an effect ends what is known.
func (w *walker) alsoFalse(known []ast.Expr, x ast.Expr) []ast.Expr {
	switch {
	case !w.e.steady(x):
		return nil
	case w.e.decidedWithin(x):
		return append(known[:len(known):len(known)], x)
	}
	return known
}

// decidedWithin reports whether something was decided on a part of an expression.
func (e *engine) decidedWithin(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if y, ok := n.(ast.Expr); ok && e.dec[y] != nil {
			found = true
		}
		return !found
	})
	return found
}

// steadyPackages have functions that give the same each time that they are called with
// the same, as long as nothing else runs in between.
var steadyPackages = map[string]bool{
	"bytes": true, "cmp": true, "errors": true, "maps": true, "math": true, "path": true, "path/filepath": true,
	"slices": true, "strconv": true, "strings": true, "unicode": true, "unicode/utf8": true,
}

// steady reports whether a condition has no effect, and gives the same when it is asked
// again at once.
func (e *engine) steady(x ast.Expr) bool {
	if len(e.effectsOf(x)) > 0 {
		return false
	}
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		if y, isExpr := n.(ast.Expr); isExpr {
			if d := e.dec[y]; d != nil && d.op == opKeep {
				ok = ok && e.steady(d.keep)
				return false // the rest is not asked any more
			} else if d != nil && d.op == opLit {
				return false
			}
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.CallExpr:
			if e.isConversion(n) {
				return true
			}
			if id, isIdent := ast.Unparen(n.Fun).(*ast.Ident); isIdent {
				if _, builtin := e.x.objectAt(id).(*types.Builtin); builtin {
					return true
				}
			}
			fn := e.x.callee(n)
			ok = ok && fn != nil && fn.Pkg() != nil && steadyPackages[fn.Pkg().Path()]
		}
		return ok
	})
	return ok
}

// sameAsLeft reports whether what the decisions leave of x is the expression y, as it was
// written.
func (e *engine) sameAsLeft(x, y ast.Expr) bool {
	x, y = ast.Unparen(x), ast.Unparen(y)
	if d := e.dec[x]; d != nil {
		return d.op == opKeep && !d.neg && e.sameAsLeft(d.keep, y)
	}
	switch x := x.(type) {
	case *ast.Ident:
		y, ok := y.(*ast.Ident)
		return ok && e.sameObject(x, y)
	case *ast.BasicLit:
		y, ok := y.(*ast.BasicLit)
		return ok && x.Kind == y.Kind && x.Value == y.Value
	case *ast.SelectorExpr:
		y, ok := y.(*ast.SelectorExpr)
		return ok && e.sameObject(x.Sel, y.Sel) && e.sameAsLeft(x.X, y.X)
	case *ast.StarExpr:
		y, ok := y.(*ast.StarExpr)
		return ok && e.sameAsLeft(x.X, y.X)
	case *ast.UnaryExpr:
		y, ok := y.(*ast.UnaryExpr)
		return ok && x.Op == y.Op && e.sameAsLeft(x.X, y.X)
	case *ast.BinaryExpr:
		y, ok := y.(*ast.BinaryExpr)
		return ok && x.Op == y.Op && e.sameAsLeft(x.X, y.X) && e.sameAsLeft(x.Y, y.Y)
	case *ast.IndexExpr:
		y, ok := y.(*ast.IndexExpr)
		return ok && e.sameAsLeft(x.X, y.X) && e.sameAsLeft(x.Index, y.Index)
	case *ast.CallExpr:
		y, ok := y.(*ast.CallExpr)
		if !ok || len(x.Args) != len(y.Args) || x.Ellipsis.IsValid() != y.Ellipsis.IsValid() || !e.sameAsLeft(x.Fun, y.Fun) {
			return false
		}
		for i := range x.Args {
			if !e.sameAsLeft(x.Args[i], y.Args[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// sameObject reports whether two names stand for one object.
func (e *engine) sameObject(x, y *ast.Ident) bool {
	a, b := e.x.objectAt(x), e.x.objectAt(y)
	return a != nil && b != nil && (a == b || idOf(a).IsValid() && idOf(a) == idOf(b))
}
