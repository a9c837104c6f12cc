package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// Standing says where a flag is on its way out of the code.
type Standing string

// The standings, the most pressing first.
const (
	StandingRetired      Standing = "retired"      // decided, and the code still names it
	StandingOverdue      Standing = "overdue"      // its day has passed
	StandingDueSoon      Standing = "due soon"     // its day is near
	StandingUnregistered Standing = "unregistered" // the code names it, and no registry
	StandingOnTime       Standing = "on time"      // its day is far
	StandingUndated      Standing = "no date"      // nothing says when it is to go
	StandingKept         Standing = "to stay"      // a kill switch, a permission, or called permanent
	StandingGone         Standing = "gone"         // retired, and the code does not name it any more
)

var standings = []Standing{
	StandingRetired, StandingOverdue, StandingDueSoon, StandingUnregistered, StandingOnTime, StandingUndated, StandingKept, StandingGone,
}

// Debt is the outcome of `flaglint report`: the flags of a program with what is to
// be done about them, the most pressing first.
type Debt struct {
	// Name is what the report is about: the module, or the modules of a workspace.
	Name  string
	Today registry.Date
	Flags []DebtFlag
	// Findings of all flags, and of none, by severity.
	Errors, Warnings, Infos int
	// Dynamic are the evaluations whose key is not known.
	Dynamic int
	Paths   Paths
}

// DebtFlag is a flag of the report.
type DebtFlag struct {
	Flag
	Standing Standing
	// Due is the day by which it should be gone, zero where nothing says so; Why is
	// what gives it.
	Due registry.Date
	Why registry.DueReason
	// Left are the days to Due, negative where it has passed.
	Left     int
	Findings []analyzer.Finding
}

// DebtOptions are what a report is made from besides the inventory.
type DebtOptions struct {
	Name        string
	Today       registry.Date
	NextVersion string // that expiries by version are held against; may be empty
	Policy      registry.Policy
	Findings    []analyzer.Finding
	Paths       Paths
}

// NewDebt holds an inventory against the policy of flags' lives.
func NewDebt(inv Inventory, o DebtOptions) Debt {
	d := Debt{Name: o.Name, Today: o.Today, Dynamic: len(inv.Dynamic), Paths: o.Paths}
	byKey := map[string][]analyzer.Finding{}
	for _, f := range o.Findings {
		switch f.Severity {
		case analyzer.SeverityError:
			d.Errors++
		case analyzer.SeverityWarning:
			d.Warnings++
		default:
			d.Infos++
		}
		byKey[f.Flag] = append(byKey[f.Flag], f)
	}
	for _, f := range inv.Flags {
		df := DebtFlag{Flag: f, Findings: byKey[f.Key]}
		df.stand(o)
		d.Flags = append(d.Flags, df)
	}
	slices.SortStableFunc(d.Flags, func(a, b DebtFlag) int {
		return cmp.Or(cmp.Compare(slices.Index(standings, a.Standing), slices.Index(standings, b.Standing)),
			compareDays(a.Due, b.Due), cmp.Compare(a.Key, b.Key))
	})
	return d
}

// compareDays orders days, those that are not given last.
func compareDays(a, b registry.Date) int {
	switch {
	case a == b:
		return 0
	case a.IsZero():
		return 1
	case b.IsZero() || a.Before(b):
		return -1
	}
	return 1
}

// stand works out the flag's standing and its day.
func (f *DebtFlag) stand(o DebtOptions) {
	if f.Row == nil {
		f.Standing = StandingUnregistered
		return
	}
	f.Due, f.Why = o.Policy.Due(f.Row)
	if !f.Due.IsZero() && !o.Today.IsZero() {
		f.Left = f.Due.DaysSince(o.Today)
	}
	_, stale := o.Policy.Stale(f.Row, o.Today)
	lifetime, bounded := o.Policy.Lifetimes[f.Row.Kind]
	switch {
	case f.Row.IsRetired() && len(f.References) == 0:
		f.Standing = StandingGone
	case f.Row.IsRetired():
		f.Standing = StandingRetired
	case f.Row.IsExpired(o.Today, o.NextVersion) || stale:
		f.Standing = StandingOverdue
	case !f.Due.IsZero() && f.Left <= o.Policy.Soon:
		f.Standing = StandingDueSoon
	case !f.Due.IsZero() || f.Row.Expires.Version != "":
		f.Standing = StandingOnTime
	case f.Row.Permanent || bounded && lifetime == registry.Never:
		f.Standing = StandingKept
	default:
		f.Standing = StandingUndated
	}
}

// Evaluations counts the places that read the flag, tests aside.
func (f DebtFlag) Evaluations() int {
	n := 0
	for _, r := range f.References {
		if r.Kind == flagref.Evaluation && !r.Test {
			n++
		}
	}
	return n
}

// Tests counts the places in tests that read or set the flag.
func (f DebtFlag) Tests() int {
	n := 0
	for _, r := range f.References {
		if r.Test {
			n++
		}
	}
	return n
}

// Owner is whom to ask, "" where nobody is named.
func (f DebtFlag) Owner() string { return f.row().Owner }

// Registered is what the registry says, empty where it says nothing.
func (f DebtFlag) Registered() registry.Flag { return f.row() }

// When tells the flag's day in words: "2026-04-01 (expiry), 12 days ago".
func (f DebtFlag) When() string {
	var b strings.Builder
	switch {
	case f.Row == nil:
		return ""
	case f.Due.IsZero() && f.Row.Expires.Version != "":
		return f.Row.Expires.Version
	case f.Due.IsZero():
		return ""
	}
	b.WriteString(f.Due.String() + " (" + string(f.Why) + ")")
	switch n := f.Left; {
	case n == 0:
		b.WriteString(", today")
	case n < 0:
		b.WriteString(", " + plural(-n, "day", "days") + " ago")
	default:
		b.WriteString(", in " + plural(n, "day", "days"))
	}
	return b.String()
}

// Count is a name with the flags that it has, and those of them that should be
// gone already.
type Count struct {
	Name          string
	Flags, Behind int
}

// Behind reports whether a flag should be gone already.
func (f DebtFlag) Behind() bool {
	return f.Standing == StandingRetired || f.Standing == StandingOverdue
}

// Standings counts the flags by standing, in the order of how they press.
func (d Debt) Standings() []Count {
	var out []Count
	for _, s := range standings {
		c := Count{Name: string(s)}
		for _, f := range d.Flags {
			if f.Standing == s {
				c.Flags++
				if f.Behind() {
					c.Behind++
				}
			}
		}
		if c.Flags > 0 {
			out = append(out, c)
		}
	}
	return out
}

// Owners counts the flags by owner, those with most behind first; nobody is "".
func (d Debt) Owners() []Count {
	by := map[string]*Count{}
	for _, f := range d.Flags {
		c := by[f.Owner()]
		if c == nil {
			c = &Count{Name: f.Owner()}
			by[c.Name] = c
		}
		c.Flags++
		if f.Behind() {
			c.Behind++
		}
	}
	out := make([]Count, 0, len(by))
	for _, c := range by {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(-cmp.Compare(a.Behind, b.Behind), -cmp.Compare(a.Flags, b.Flags), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// BehindCount is the number of flags that should be gone already.
func (d Debt) BehindCount() int {
	n := 0
	for _, f := range d.Flags {
		if f.Behind() {
			n++
		}
	}
	return n
}

// mend is the command that removes the flag, "" where its value is not known.
func (f DebtFlag) mend() string {
	for _, x := range f.Findings {
		if f.Behind() && strings.HasPrefix(x.Mend, "flaglint remove ") {
			return x.Mend
		}
	}
	return ""
}
