package analyzer

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"

	"github.com/flaghygiene/flaglint/internal/flagflow"
)

// identicalBranches finds branches on a flag all of whose arms do the same: the
// flag decides nothing. Usually one arm was copied and never changed, or both
// were changed until they met.
//
// The arms are compared by their syntax, without comments and layout. A branch
// without an else, and a switch without a default, has an arm that does nothing.
var identicalBranches = Rule{
	Name:     "identical-branches",
	Title:    "all arms of a branch on a flag do the same",
	Severity: SeverityWarning,
	Fix:      FixSometimes,
	uses:     usesFlow | usesOthers,
	check:    checkIdenticalBranches,
}

func checkIdenticalBranches(p *pass) {
	var folds []*fold
	for _, b := range p.flow.Branches {
		if !complete(b) {
			continue
		}
		first := text(b.Arms[0].Stmts)
		same := true
		for _, arm := range b.Arms[1:] {
			same = same && text(arm.Stmts) == first
		}
		if !same || first == "" && len(b.Arms) < 2 {
			continue
		}
		f := found{
			node: b.Stmt, flag: b.Keys[0],
			message: fmt.Sprintf("all branches on flag %q do the same, so it decides nothing", b.Keys[0]),
			related: []relatedNode{},
		}
		for _, arm := range b.Arms {
			f.end = min(arm.Pos, arm.End)
			break
		}
		f.pos = b.Stmt.Pos()
		if s, ok := b.Stmt.(*ast.IfStmt); ok && b.Pure && !b.Elif {
			folds = append(folds, foldOf(f, s.Cond, true))
		} else {
			folds = append(folds, &fold{found: f})
		}
	}
	p.reportFolds(folds)
}

// complete reports whether some arm runs whatever the flag's value is.
func complete(b *flagflow.Branch) bool {
	switch s := b.Stmt.(type) {
	case *ast.IfStmt:
		return len(b.Arms) == 2
	case *ast.SwitchStmt:
		if b.Tag == nil {
			return false
		}
		for _, c := range s.Body.List {
			if c.(*ast.CaseClause).List == nil {
				return len(b.Arms) > 1
			}
		}
	}
	return false
}

// text prints statements in one layout and without comments.
func text(stmts []ast.Stmt) string {
	var buf bytes.Buffer
	for _, s := range stmts {
		if err := printer.Fprint(&buf, token.NewFileSet(), s); err != nil {
			return fmt.Sprintf("unprintable statement at %d", s.Pos())
		}
		buf.WriteByte('\n')
	}
	return buf.String()
}
