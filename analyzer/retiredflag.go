package analyzer

import "github.com/flaghygiene/flaglint/internal/flagref"

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
// show one package at a time, the fix puts the value in the place of the
// evaluations and takes away what that kills in the functions around them. The
// tests, the flag's declaration and what other functions no longer need stay.
var retiredFlag = Rule{
	Name:     "retired-flag",
	Title:    "a retired flag is still referenced",
	Severity: SeverityError,
	Fix:      FixSometimes,
	check:    checkRetiredFlag,
}

func checkRetiredFlag(p *pass) {
	// Where the whole program is at hand, its removal serves better.
	checkLifecycle(p, !p.whole, flagref.Evaluation, flagref.Override, flagref.Mention)
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
