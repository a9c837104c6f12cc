package flagflow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// leaves reports whether control never reaches the end of the statements: they
// end in a return, a jump, or a call that does not come back.
func (w *walker) leaves(stmts []ast.Stmt) bool {
	if len(stmts) == 0 {
		return false
	}
	switch s := stmts[len(stmts)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.BlockStmt:
		return w.leaves(s.List)
	case *ast.IfStmt:
		return s.Else != nil && w.leaves(s.Body.List) && w.leaves([]ast.Stmt{s.Else})
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && w.neverReturns(call)
	}
	return false
}

// leavesClause is leaves for the clause of a switch, whose break ends the
// switch only.
func (w *walker) leavesClause(stmts []ast.Stmt) bool {
	if len(stmts) > 0 {
		if b, ok := stmts[len(stmts)-1].(*ast.BranchStmt); ok && b.Tok == token.BREAK && b.Label == nil {
			return false
		}
	}
	return w.leaves(stmts)
}

func fallsThrough(stmts []ast.Stmt) bool {
	if len(stmts) == 0 {
		return false
	}
	b, ok := stmts[len(stmts)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// noReturn are the functions of the standard library that do not come back.
var noReturn = map[string]bool{
	"os.Exit": true, "runtime.Goexit": true,
	"log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true,
	"log.Panic": true, "log.Panicf": true, "log.Panicln": true,
	"(*log.Logger).Fatal": true, "(*log.Logger).Fatalf": true, "(*log.Logger).Fatalln": true,
	"(*testing.common).FailNow": true, "(*testing.common).Fatal": true, "(*testing.common).Fatalf": true,
	"(*testing.common).SkipNow": true, "(*testing.common).Skip": true, "(*testing.common).Skipf": true,
	"(testing.TB).FailNow": true, "(testing.TB).Fatal": true, "(testing.TB).Fatalf": true,
	"(testing.TB).SkipNow": true, "(testing.TB).Skip": true, "(testing.TB).Skipf": true,
}

func (w *walker) neverReturns(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(w.info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic"
	case *types.Func:
		return noReturn[fn.Origin().FullName()]
	}
	return false
}
