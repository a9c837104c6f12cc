package registry

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"
)

// Never as a number of days means that time does not matter.
const Never = -1

// Policy says how long a flag may live. Its methods are pure: today is an
// argument, and where it is the zero Date, nothing follows from dates.
type Policy struct {
	// Soon is the number of days before its expiry from which a flag is said to
	// expire soon.
	Soon int
	// RolledOut is the number of days for which a flag may remain after it was
	// rolled out to everyone.
	RolledOut int
	// Lifetimes are the days that a flag without an expiry of its own may live,
	// by its kind. Never, or no entry: for ever.
	Lifetimes map[Kind]int
}

// DefaultPolicy is what holds where nothing is configured.
func DefaultPolicy() Policy {
	return Policy{Soon: 14, RolledOut: 30, Lifetimes: map[Kind]int{
		KindRelease: 40, KindExperiment: 40, KindOps: 7, KindKillSwitch: Never, KindPermission: Never,
	}}
}

// WithLifetimes returns the policy with the lifetimes of some kinds replaced.
func (p Policy) WithLifetimes(lifetimes map[Kind]int) Policy {
	all := maps.Clone(p.Lifetimes)
	if all == nil {
		all = map[Kind]int{}
	}
	maps.Copy(all, lifetimes)
	p.Lifetimes = all
	return p
}

// ParseDays reads a length of time as configurations give it: 40d, or never.
// It refuses what is longer than 100 years.
func ParseDays(s string) (int, error) {
	if s == "never" {
		return Never, nil
	}
	digits, ok := strings.CutSuffix(s, "d")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 0 || n > 36500 || strings.HasPrefix(digits, "+") {
		return 0, fmt.Errorf("%q is no number of days (want one such as 40d, or never)", s)
	}
	return n, nil
}

// IsRetired reports whether the flag is decided for good: the registry calls it
// retired, or makes any other value impossible.
func (f *Flag) IsRetired() bool { return f.State == StateRetired || f.Locked }

// IsExpired reports whether the flag should be gone: its expiry date is before
// today, or the module's next release, a version such as v2.3.0, is its expiry
// version or a later one. A next release that is empty or no version expires
// nothing.
func (f *Flag) IsExpired(today Date, next string) bool {
	switch {
	case !f.Expires.Date.IsZero():
		return !today.IsZero() && f.Expires.Date.Before(today)
	case f.Expires.Version != "":
		return semver.IsValid(next) && semver.Compare(next, f.Expires.Version) >= 0
	}
	return false
}

// ExpiresSoon returns the days that are left, 0 on the last day, where the flag
// has an expiry date that is today or at most p.Soon days away.
func (p Policy) ExpiresSoon(f *Flag, today Date) (left int, ok bool) {
	if f.Expires.Date.IsZero() || today.IsZero() {
		return 0, false
	}
	left = f.Expires.Date.DaysSince(today)
	return left, left >= 0 && left <= p.Soon
}

// Staleness says why a flag is stale.
type Staleness struct {
	// RolledOut: it was rolled out to everyone Days ago. Otherwise it has no
	// expiry of its own and is Days old.
	RolledOut bool
	Days      int
	Limit     int // what the policy allows
}

// Stale reports whether an unretired flag has outlived its purpose: it was
// rolled out p.RolledOut days ago or longer; or it has no expiry of its own and
// is older than flags of its kind live. A date that the flag does not give
// decides nothing, and a flag that its source calls permanent is never stale.
func (p Policy) Stale(f *Flag, today Date) (Staleness, bool) {
	if today.IsZero() || f.IsRetired() || f.Permanent {
		return Staleness{}, false
	}
	if f.State == StateRolledOut && !f.Since.IsZero() && p.RolledOut != Never {
		if days := today.DaysSince(f.Since); days >= p.RolledOut {
			return Staleness{RolledOut: true, Days: days, Limit: p.RolledOut}, true
		}
	}
	limit, ok := p.Lifetimes[f.Kind]
	if !ok || limit == Never || !f.Expires.IsZero() || f.Created.IsZero() {
		return Staleness{}, false
	}
	days := today.DaysSince(f.Created)
	return Staleness{Days: days, Limit: limit}, days > limit
}

// DueReason says what gives a flag the day by which it should be gone.
type DueReason string

// The reasons, the one that counts first.
const (
	DueNever     DueReason = ""           // it is to stay, or nothing gives a day
	DueRetired   DueReason = "retired"    // since then nothing but code needs it
	DueExpiry    DueReason = "expiry"     // the registry gives the day
	DueRolledOut DueReason = "rolled out" // everyone has had the same value for long enough
	DueLifetime  DueReason = "lifetime"   // flags of its kind live no longer
)

// Due returns the day by which a flag should be gone, and what says so. A flag
// that is retired is due on the day of that, the zero Date where it is not known;
// one that expires with a version has no day. Where several days are given, the
// first counts, but for a lifetime, which an expiry takes the place of.
func (p Policy) Due(f *Flag) (Date, DueReason) {
	switch {
	case f.IsRetired():
		return f.Since, DueRetired
	case f.Permanent:
		return Date{}, DueNever
	}
	due, why := f.Expires.Date, DueExpiry
	if f.Expires.IsZero() {
		why = DueNever
		if limit, ok := p.Lifetimes[f.Kind]; ok && limit != Never && !f.Created.IsZero() {
			due, why = f.Created.AddDays(limit), DueLifetime
		}
	}
	if f.State == StateRolledOut && !f.Since.IsZero() && p.RolledOut != Never {
		if day := f.Since.AddDays(p.RolledOut); due.IsZero() || day.Before(due) {
			due, why = day, DueRolledOut
		}
	}
	return due, why
}
