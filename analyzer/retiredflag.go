package analyzer

import (
	"go/ast"
	"go/constant"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// retiredFlag finds references to a flag that is retired. The registry says that
// everyone gets one value for good, so one side of every branch on the flag is
// dead code that people still read, test and keep compiling.
//
// A Kubernetes gate that is GA and locked, and an OpenTelemetry gate that is
// stable or deprecated, are retired as well: the code that declares the gate
// says so. The declaration of such a gate is no finding, since it stays for some
// releases after its last reader went.
//
// `flaglint fix` removes the flag from the whole program. In other drivers, which
// show one file at a time, the fix folds the condition that asks the flag, where
// that leaves nothing unused that the compiler minds; what only the dead side
// used stays.
var retiredFlag = Rule{
	Name:     "retired-flag",
	Title:    "a retired flag is still referenced",
	Severity: SeverityError,
	Fix:      FixSometimes,
	uses:     usesFlow,
	check:    checkRetiredFlag,
}

func checkRetiredFlag(p *pass) {
	checkLifecycle(p, p.foldRetired, flagref.Evaluation, flagref.Override, flagref.Mention)
	for _, ref := range p.references(flagref.Declaration) {
		row := p.flag(ref.Key)
		if row == nil || p.suite.cfg.Registry == nil || p.suite.cfg.Registry.Lookup(ref.Key) == nil {
			continue
		}
		if text := p.suite.lifecycle(p.rule.Name, row); text != "" {
			p.report(found{ref: ref, message: text, mend: removeCommand(row)})
		}
	}
}

// foldRetired returns the fix that folds the condition which an evaluation of a
// retired flag makes; nil where it makes none, or where the whole program is at
// hand, which is better served by its removal.
func (p *pass) foldRetired(ref *flagref.Reference) *nodeFix {
	row := p.flag(ref.Key)
	if p.whole || row == nil || row.Value == nil || ref.Kind != flagref.Evaluation || ref.Param != "" || ref.Shape.Multi || ref.Shape.Effects {
		return nil
	}
	for _, site := range p.flow.Sites {
		if site.Ref != ref || site.Test == nil || site.Fact.Value.Kind() != constant.Bool || site.Expr != ref.Node.(ast.Expr) {
			continue
		}
		if on, isBool := row.Value.Any().(bool); isBool {
			return p.foldCondition(site.Test, on == constant.BoolVal(site.Fact.Value))
		}
	}
	return nil
}
