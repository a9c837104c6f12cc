package analyzer

import "github.com/flaghygiene/flaglint/internal/flagref"

// staleFlag finds evaluations of a flag that has done its work: it was rolled
// out to everyone 30 days ago or longer, or, where it has no expiry of its own,
// it is older than flags of its kind live. Nobody will switch it back, yet every
// reader has to think through both sides.
//
// Kill switches and permission flags are meant to stay, and a flag whose kind is
// not given has no lifetime.
var staleFlag = Rule{
	Name:          "stale-flag",
	Title:         "a flag is rolled out, or older than its kind lives",
	Severity:      SeverityWarning,
	NeedsRegistry: true,
	Options: []Option{
		{Name: "rolled-out", Doc: "days for which a flag may remain after it was rolled out to everyone", Kind: OptionDays, Default: 30},
		{Name: "lifetimes", Doc: "days that a flag without an expiry may live, by its kind", Kind: OptionKindMap, Default: map[string]int{
			"release": 40, "experiment": 40, "ops": 7, "kill-switch": Never, "permission": Never,
		}},
	},
	check: func(p *pass) { checkLifecycle(p, false, flagref.Evaluation) },
}
