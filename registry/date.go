package registry

import (
	"fmt"
	"time"
)

// Date is a calendar day. The zero Date means: not given.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads YYYY-MM-DD, and takes the day (in UTC) of an RFC 3339 time.
func ParseDate(s string) (Date, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return DateOf(t.UTC()), nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date (want YYYY-MM-DD)", s)
	}
	return DateOf(t), nil
}

// DateOf returns the day of t in t's location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether the date is not given.
func (d Date) IsZero() bool { return d == Date{} }

// String renders YYYY-MM-DD; the zero Date is empty.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// DaysSince returns the days from e to d, negative when d is earlier.
func (d Date) DaysSince(e Date) int {
	return int(d.time().Sub(e.time()).Hours() / 24)
}

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.time().AddDate(0, 0, n)) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.time().Before(e.time()) }

func (d Date) time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Expiry is when a flag must be gone: a date, or a version of the module that
// must not be released with it. The zero Expiry means: not given.
type Expiry struct {
	Date    Date
	Version string // vMAJOR.MINOR.PATCH, as golang.org/x/mod/semver takes it
}

// IsZero reports whether there is no expiry.
func (e Expiry) IsZero() bool { return e.Date.IsZero() && e.Version == "" }

// String renders the date or the version.
func (e Expiry) String() string {
	if e.Version != "" {
		return e.Version
	}
	return e.Date.String()
}
