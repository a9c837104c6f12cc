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
var retiredFlag = Rule{
	Name:     "retired-flag",
	Title:    "a retired flag is still referenced",
	Severity: SeverityError,
	check:    checkRetiredFlag,
}

func checkRetiredFlag(p *pass) {
	checkLifecycle(p, flagref.Evaluation, flagref.Override, flagref.Mention)
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
