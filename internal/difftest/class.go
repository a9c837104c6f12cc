package difftest

import "strings"

// phrases are what tells type errors apart.
var phrases = []string{
	"declared and not used", "imported and not used", "undefined", "too many arguments", "not enough arguments",
	"missing return", "redeclared", "no new variables", "label", "jumps", "is not an interface", "not defined on",
	"overflows", "division by zero", "out of range", "out of bounds", "cannot convert", "truncated", "duplicate", "negative",
	"mismatched types", "cannot use", "is not used", "invalid operation", "invalid argument", "does not parse",
}

// Class names the sort of a finding more closely than its kind: a part that was
// given up, or the whole, because of a type error is of that error's class, and
// residue of its reason's.
func (f Finding) Class() string {
	reason, _, _ := strings.Cut(f.Detail, ":")
	switch {
	case f.Kind == Refused, f.Kind == Left && strings.HasPrefix(reason, "does-not-"):
		for _, p := range phrases {
			if strings.Contains(f.Detail, p) {
				return "gave up: " + p
			}
		}
		return "gave up"
	case f.Kind == Left:
		return f.Kind + ": " + reason
	}
	return f.Kind
}
