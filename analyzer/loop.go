package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
)

// overData reports whether a loop runs over data and comes to an end by itself:
// a range over anything but a channel, or a loop with a condition and a step;
// and that nothing in it waits.
func overData(info *types.Info, loop ast.Stmt) bool {
	var body *ast.BlockStmt
	switch l := loop.(type) {
	case *ast.RangeStmt:
		t := info.TypeOf(l.X)
		if t == nil {
			return false
		}
		if _, ok := t.Underlying().(*types.Chan); ok {
			return false
		}
		body = l.Body
	case *ast.ForStmt:
		if l.Cond == nil || l.Post == nil {
			return false
		}
		body = l.Body
	default:
		return false
	}
	return !waits(info, body)
}

// waits reports whether code sleeps, selects, or receives from a channel.
func waits(info *types.Info, n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.RangeStmt:
			if t := info.TypeOf(n.X); t != nil {
				_, isChan := t.Underlying().(*types.Chan)
				found = found || isChan
			}
		case *ast.SelectorExpr:
			if fn, ok := info.Uses[n.Sel].(*types.Func); ok {
				switch fn.FullName() {
				case "time.Sleep", "time.After", "(*sync.Cond).Wait", "(*sync.WaitGroup).Wait":
					found = true
				}
			}
		}
		return !found
	})
	return found
}
