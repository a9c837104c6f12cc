package analyzer

import "github.com/flaghygiene/flaglint/internal/flagref"

// expiringSoon finds evaluations of a flag that expires within 14 days, so that
// its owner can plan the removal before expired-flag fails the build.
var expiringSoon = Rule{
	Name:          "expiring-soon",
	Title:         "a flag expires within two weeks",
	Severity:      SeverityInfo,
	NeedsRegistry: true,
	Options: []Option{
		{Name: "within", Doc: "days before the expiry from which it is told", Kind: OptionDays, Default: 14},
	},
	check: func(p *pass) { checkLifecycle(p, false, flagref.Evaluation) },
}
