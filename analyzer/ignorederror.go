package analyzer

import (
	"fmt"
	"go/ast"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"golang.org/x/tools/go/ast/inspector"
)

// ignoredError finds evaluations whose error is dropped. The value is then the
// fallback, which looks like an answer: a flag that was deleted, renamed or never
// reached reads as one that is off. Log or count the error, or ask a method that
// returns none where the fallback is all that you want.
var ignoredError = Rule{
	Name:     "ignored-error",
	Title:    "the error of an evaluation is dropped",
	Severity: SeverityInfo,
	Off:      true,
	check:    checkIgnoredError,
}

func checkIgnoredError(p *pass) {
	refs := p.evaluationNodes()
	for cur := range inspector.New(p.Files).Root().Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
		var call ast.Expr
		var names []ast.Expr
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 {
				call, names = n.Rhs[0], n.Lhs
			}
		case *ast.ValueSpec:
			if len(n.Values) == 1 {
				call = n.Values[0]
				for _, id := range n.Names {
					names = append(names, id)
				}
			}
		}
		if call == nil {
			continue
		}
		ref := refs[ast.Unparen(call)]
		if ref == nil || ref.Kind != flagref.Evaluation || ref.Test || ref.Shape.Error < 0 || ref.Shape.Error >= len(names) {
			continue
		}
		if id, ok := names[ref.Shape.Error].(*ast.Ident); ok && id.Name == "_" {
			p.report(found{ref: ref, node: id, message: fmt.Sprintf("the error of evaluating flag %q is dropped: a failure looks like the fallback", ref.Key)})
		}
	}
}
