package analyzer

import "github.com/flaghygiene/flaglint/internal/flagref"

// expiredFlag finds evaluations of a flag that is past its expiry: the date has
// gone by, or the module's next release is the version that was to ship without
// the flag. Whoever set the expiry promised to decide about the flag by then;
// remove it, or give it a new date together with a reason.
//
// A flag is still good on the day that it expires.
var expiredFlag = Rule{
	Name:          "expired-flag",
	Title:         "a flag is past its expiry date or version",
	Severity:      SeverityError,
	NeedsRegistry: true,
	check:         func(p *pass) { checkLifecycle(p, false, flagref.Evaluation) },
}
