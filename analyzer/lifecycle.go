package analyzer

import (
	"fmt"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// lifecycleRules are the rules of which a reference gets one finding, the most
// serious first, each with what it says of a flag; "" is nothing. Only rules
// that run compete: who asks for expired flags alone hears of one that is
// retired too.
var lifecycleRules = []struct {
	name string
	says func(s *Suite, set *settings, f *registry.Flag) string
}{
	{"retired-flag", retiredMessage},
	{"expired-flag", expiredMessage},
	{"stale-flag", staleMessage},
	{"expiring-soon", expiringMessage},
}

// lifecycle returns what the rule called name says of a flag, "" if nothing or
// if a more serious rule speaks.
func (s *Suite) lifecycle(name string, f *registry.Flag) string {
	for _, l := range lifecycleRules {
		set := s.settings[l.name]
		if set.severity == SeverityOff {
			continue
		}
		if says := l.says(s, set, f); says != "" || l.name == name {
			if l.name != name {
				return ""
			}
			return says
		}
	}
	return ""
}

// checkLifecycle reports the references that have one of the kinds and of whose
// flag the rule has to say something. Where replaces is set, the fixes put the
// values that the flags have for good in the place of the evaluations.
func checkLifecycle(p *pass, replaces bool, kinds ...flagref.RefKind) {
	var folds []*fold
	said := map[string]string{}
	for _, ref := range p.references(kinds...) {
		row := p.flag(ref.Key)
		if row == nil {
			continue
		}
		text, ok := said[ref.Key]
		if !ok {
			text = p.suite.lifecycle(p.rule.Name, row)
			said[ref.Key] = text
		}
		if text != "" {
			f := &fold{found: found{ref: ref, message: text, mend: removeCommand(row)}}
			if replaces && row.Value != nil && ref.Kind == flagref.Evaluation && !ref.Test {
				f.known, f.value = *ref, *row.Value
			}
			folds = append(folds, f)
		}
	}
	p.reportFolds(folds)
}

// removeCommand is the command that removes a flag whose value is known, or "".
func removeCommand(f *registry.Flag) string {
	if f.Value == nil {
		return ""
	}
	return "flaglint remove " + shellWord(f.Key+"="+f.Value.String()) + " ./..."
}

// shellWord quotes a word for a shell where it must.
func shellWord(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=.,:/+@%") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func retiredMessage(_ *Suite, _ *settings, f *registry.Flag) string {
	value := ""
	if f.Value != nil {
		value = fmt.Sprintf(" and is always %s", f.Value)
	}
	switch {
	case f.State == registry.StateRetired && !f.Since.IsZero():
		return fmt.Sprintf("flag %q was retired on %s%s: remove it", f.Key, f.Since, value)
	case f.State == registry.StateRetired:
		return fmt.Sprintf("flag %q is retired%s: remove it", f.Key, value)
	case f.Locked:
		return fmt.Sprintf("flag %q is locked%s: remove it", f.Key, value)
	}
	return ""
}

func expiredMessage(s *Suite, _ *settings, f *registry.Flag) string {
	switch today := s.cfg.Today; {
	case !f.IsExpired(today, s.cfg.NextVersion):
		return ""
	case f.Expires.Version != "":
		return fmt.Sprintf("flag %q expires with %s, and the next release is %s%s", f.Key, f.Expires.Version, s.cfg.NextVersion, owned(f))
	default:
		return fmt.Sprintf("flag %q expired on %s, %s ago%s", f.Key, f.Expires.Date, days(today.DaysSince(f.Expires.Date)), owned(f))
	}
}

// Policy is how long flags may live, as the options of stale-flag and
// expiring-soon say.
func (s *Suite) Policy() registry.Policy {
	stale, soon := s.settings["stale-flag"], s.settings["expiring-soon"]
	policy := registry.Policy{RolledOut: stale.int("rolled-out"), Soon: soon.int("within"), Lifetimes: map[registry.Kind]int{}}
	for kind, n := range stale.lifetimes("lifetimes") {
		policy.Lifetimes[registry.Kind(kind)] = n
	}
	return policy
}

func staleMessage(s *Suite, _ *settings, f *registry.Flag) string {
	stale, ok := s.Policy().Stale(f, s.cfg.Today)
	switch {
	case !ok:
		return ""
	case stale.RolledOut:
		return fmt.Sprintf("flag %q has been rolled out to everyone for %s%s: retire it", f.Key, days(stale.Days), owned(f))
	default:
		return fmt.Sprintf("flag %q is %s old, and a %s flag lives %s%s: retire it, or give it an expiry date", f.Key, days(stale.Days), f.Kind, days(stale.Limit), owned(f))
	}
}

func expiringMessage(s *Suite, _ *settings, f *registry.Flag) string {
	left, ok := s.Policy().ExpiresSoon(f, s.cfg.Today)
	switch {
	case !ok:
		return ""
	case left == 0:
		return fmt.Sprintf("flag %q expires today%s", f.Key, owned(f))
	default:
		return fmt.Sprintf("flag %q expires on %s, in %s%s", f.Key, f.Expires.Date, days(left), owned(f))
	}
}

// owned tells whom to ask.
func owned(f *registry.Flag) string {
	if f.Owner == "" {
		return ""
	}
	return " (owner " + f.Owner + ")"
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
