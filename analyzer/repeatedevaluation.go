package analyzer

import (
	"fmt"
	"go/ast"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
)

// repeatedEvaluation finds functions that evaluate a flag twice, for the same
// subject, in one run. The flag may be switched in between, so that the function
// does half of each; and each evaluation costs, and counts as an exposure. Keep
// the answer in a variable.
//
// Evaluations on different sides of a branch, and for different users, are no
// repetition; nor are those of settings that cannot change while the program
// runs. The condition of a loop asks again on purpose, so that switching the flag
// ends the loop.
var repeatedEvaluation = Rule{
	Name:     "repeated-evaluation",
	Title:    "one function evaluates a flag twice and can see two answers",
	Severity: SeverityInfo,
	uses:     usesFlow,
	check:    checkRepeatedEvaluation,
}

func checkRepeatedEvaluation(p *pass) {
	refs := p.evaluationNodes()
	for i, second := range p.flow.Sites {
		if !p.live(second) || stopsLoop(second) {
			continue
		}
		if _, _, known := p.knownAt(refs, second); known {
			continue // redundant-check tells it
		}
		for _, first := range p.flow.Sites[:i] {
			if !p.live(first) || first.Func != second.Func || first.Value.Key != second.Value.Key || first.Value.Param != second.Value.Param ||
				flagflow.Exclusive(first, second) || !flagflow.Same(p.TypesInfo, refs, second.Decl, first.Expr, second.Expr) {
				continue
			}
			p.report(found{
				node: second.Expr, flag: second.Value.Key,
				message: fmt.Sprintf("flag %q was evaluated on line %d already, and may answer otherwise now: keep the answer in a variable",
					second.Value.Key, p.Fset.Position(first.Expr.Pos()).Line),
				related: []relatedNode{{first.Expr, "the evaluation before"}},
			})
			break
		}
	}
}

// stopsLoop reports whether a site stands in the condition of a loop.
func stopsLoop(site *flagflow.Site) bool {
	found := false
	ast.Inspect(site.Decl, func(n ast.Node) bool {
		if loop, ok := n.(*ast.ForStmt); ok && loop.Cond != nil && loop.Cond.Pos() <= site.Expr.Pos() && site.Expr.End() <= loop.Cond.End() {
			found = true
		}
		return !found
	})
	return found
}

func (p *pass) knownAt(refs map[ast.Node]*flagref.Reference, site *flagflow.Site) (flagflow.Control, bool, bool) {
	if site.Test == nil {
		return flagflow.Control{}, false, false
	}
	return p.known(refs, site)
}

// live reports whether a site evaluates, in a function of the program proper, a
// flag that may change while the program runs.
func (p *pass) live(site *flagflow.Site) bool {
	if _, ok := site.Expr.(*ast.CallExpr); !ok || site.Decl == nil || p.isTest(site.Expr.Pos()) {
		return false
	}
	return site.Ref == nil && !p.fixedKey(site.Value.Key) || site.Ref != nil && !fixed(site.Ref.Provider)
}
