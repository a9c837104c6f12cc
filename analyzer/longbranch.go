package analyzer

import (
	"fmt"
	"go/ast"
)

// longBranch finds arms of a branch on a flag that hold more than 30 statements.
// A long arm hides the flag's end from its beginning, and removing the flag turns
// into moving a page of code. Call a function instead: then the branch is three
// lines, and the removal deletes one of two functions.
var longBranch = Rule{
	Name:     "long-branch",
	Title:    "an arm of a branch on a flag is long",
	Severity: SeverityInfo,
	Options: []Option{
		{Name: "max", Doc: "statements that an arm may hold, nested ones included", Kind: OptionInt, Default: 30},
	},
	uses:  usesFlow,
	check: checkLongBranch,
}

func checkLongBranch(p *pass) {
	for _, b := range p.flow.Branches {
		if p.isTest(b.Stmt.Pos()) {
			continue
		}
		for _, arm := range b.Arms {
			if len(arm.Facts) == 0 || isElif(arm.Stmts) {
				continue
			}
			if n := statements(arm.Stmts); n > p.int("max") {
				p.report(found{
					pos: arm.Pos, end: arm.Pos, flag: b.Keys[0],
					message: fmt.Sprintf("this branch on flag %q holds %d statements (more than %d): call a function instead", b.Keys[0], n, p.int("max")),
				})
			}
		}
	}
}

func isElif(stmts []ast.Stmt) bool {
	if len(stmts) != 1 {
		return false
	}
	_, ok := stmts[0].(*ast.IfStmt)
	return ok
}

// statements counts the statements in a list and below it, without blocks and
// clauses, which are parts of other statements.
func statements(stmts []ast.Stmt) int {
	n := 0
	for _, s := range stmts {
		ast.Inspect(s, func(c ast.Node) bool {
			switch c.(type) {
			case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.LabeledStmt, *ast.EmptyStmt:
			case ast.Stmt:
				n++
			}
			return true
		})
	}
	return n
}
