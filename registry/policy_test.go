package registry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

func day(t *testing.T, s string) registry.Date {
	t.Helper()
	if s == "" {
		return registry.Date{}
	}
	d, err := registry.ParseDate(s)
	require.NoError(t, err)
	return d
}

// row parses the fields of one flag.
func row(t *testing.T, fields string) *registry.Flag {
	t.Helper()
	return parse(t, "flags.yaml", "version: 1\nflags:\n  x: {"+fields+"}\n").Lookup("x")
}

func TestIsExpired(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		expires, today, next string
		want                 bool
	}{
		{"2026-04-01", "2026-03-31", "", false},
		{"2026-04-01", "2026-04-01", "", false}, // the last day is not past
		{"2026-04-01", "2026-04-02", "", true},
		{"2026-04-01", "", "v9.0.0", false},
		{"v2.3.0", "2030-01-01", "v2.2.9", false},
		{"v2.3.0", "", "v2.3.0", true},
		{"v2.3.0", "", "v2.10.0", true}, // ordered as versions, not as text
		{"v2.3.0", "", "v2.3.0-rc.1", false},
		{"v2.3.0", "2030-01-01", "", false},
		{"v2.3.0", "2030-01-01", "next", false},
	} {
		f := row(t, "expires: "+tt.expires)
		assert.Equal(t, tt.want, f.IsExpired(day(t, tt.today), tt.next), "%+v", tt)
	}
	assert.False(t, row(t, "").IsExpired(day(t, "2099-01-01"), "v9.9.9"))
}

func TestExpiresSoon(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		today string
		left  int
		want  bool
	}{
		{"2026-03-17", 15, false},
		{"2026-03-18", 14, true},
		{"2026-04-01", 0, true},
		{"2026-04-02", -1, false},
		{"", 0, false},
	} {
		left, ok := registry.DefaultPolicy().ExpiresSoon(row(t, "expires: 2026-04-01"), day(t, tt.today))
		assert.Equal(t, tt.want, ok, tt.today)
		assert.Equal(t, tt.left, left, tt.today)
	}
	_, ok := registry.DefaultPolicy().ExpiresSoon(row(t, "expires: v1.0.0"), day(t, "2026-04-01"))
	assert.False(t, ok)
}

func TestStale(t *testing.T) {
	t.Parallel()
	policy := registry.DefaultPolicy()
	for _, tt := range []struct {
		name, fields, today string
		want                *registry.Staleness
	}{
		{"rolled out 29 days", "state: rolled-out, value: true, since: 2026-01-01", "2026-01-30", nil},
		{"rolled out 30 days", "state: rolled-out, value: true, since: 2026-01-01", "2026-01-31", &registry.Staleness{RolledOut: true, Days: 30, Limit: 30}},
		{"rolled out, expiry ahead", "state: rolled-out, since: 2026-01-01, expires: 2027-01-01", "2026-03-01", &registry.Staleness{RolledOut: true, Days: 59, Limit: 30}},
		{"rolled out, no since", "state: rolled-out", "2026-03-01", nil},
		{"rolled out a while ago, old", "state: rolled-out, since: 2026-03-01, created: 2025-01-01, kind: release", "2026-03-02", &registry.Staleness{Days: 425, Limit: 40}},
		{"retired", "state: retired, value: true, since: 2020-01-01, created: 2020-01-01, kind: ops", "2026-01-01", nil},
		{"active since long", "state: active, since: 2020-01-01", "2026-01-01", nil},
		{"release 40 days", "kind: release, created: 2026-01-01", "2026-02-10", nil},
		{"release 41 days", "kind: release, created: 2026-01-01", "2026-02-11", &registry.Staleness{Days: 41, Limit: 40}},
		{"experiment 41 days", "kind: experiment, created: 2026-01-01", "2026-02-11", &registry.Staleness{Days: 41, Limit: 40}},
		{"ops 8 days", "kind: ops, created: 2026-01-01", "2026-01-09", &registry.Staleness{Days: 8, Limit: 7}},
		{"has its own expiry", "kind: ops, created: 2026-01-01, expires: 2099-01-01", "2026-06-01", nil},
		{"has its own expiry version", "kind: ops, created: 2026-01-01, expires: v9.0.0", "2026-06-01", nil},
		{"kill-switch", "kind: kill-switch, created: 2000-01-01", "2026-01-01", nil},
		{"permission", "kind: permission, created: 2000-01-01", "2026-01-01", nil},
		{"kind not given", "created: 2000-01-01", "2026-01-01", nil},
		{"created not given", "kind: ops", "2026-01-01", nil},
		{"no today", "kind: ops, created: 2000-01-01", "", nil},
		{"over a leap day", "kind: ops, created: 2024-02-25", "2024-03-03", nil},
	} {
		got, ok := policy.Stale(row(t, tt.fields), day(t, tt.today))
		assert.Equal(t, tt.want != nil, ok, tt.name)
		if tt.want != nil {
			assert.Equal(t, *tt.want, got, tt.name)
		}
	}

	changed := policy.WithLifetimes(map[registry.Kind]int{registry.KindOps: registry.Never, registry.KindPermission: 1})
	_, ok := changed.Stale(row(t, "kind: ops, created: 2000-01-01"), day(t, "2026-01-01"))
	assert.False(t, ok)
	_, ok = changed.Stale(row(t, "kind: permission, created: 2000-01-01"), day(t, "2026-01-01"))
	assert.True(t, ok)
	_, ok = policy.Stale(row(t, "kind: ops, created: 2000-01-01"), day(t, "2026-01-01"))
	assert.True(t, ok, "the policy that was changed is another one")
}

func TestLockedIsRetired(t *testing.T) {
	t.Parallel()
	f := &registry.Flag{Key: "gate", State: registry.StateActive, Locked: true}
	assert.True(t, f.IsRetired())
	f.Locked = false
	assert.False(t, f.IsRetired())
}

func TestParseDays(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"0d": 0, "40d": 40, "36500d": 36500, "never": registry.Never} {
		n, err := registry.ParseDays(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, n, s)
	}
	for _, s := range []string{"", "d", "40", "-1d", "+1d", "1.5d", "4w", "40 d", "36501d", "99999999999999999999d", "Never"} {
		_, err := registry.ParseDays(s)
		assert.EqualError(t, err, `"`+s+`" is no number of days (want one such as 40d, or never)`)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	date := func(s string) registry.Date {
		d, err := registry.ParseDate(s)
		require.NoError(t, err)
		return d
	}
	for name, tc := range map[string]struct {
		flag registry.Flag
		day  string
		why  registry.DueReason
	}{
		"expiry":                  {registry.Flag{Kind: registry.KindRelease, Created: date("2026-01-01"), Expires: registry.Expiry{Date: date("2026-09-01")}}, "2026-09-01", registry.DueExpiry},
		"expiry by version":       {registry.Flag{Kind: registry.KindRelease, Created: date("2026-01-01"), Expires: registry.Expiry{Version: "v2.0.0"}}, "", registry.DueExpiry},
		"lifetime":                {registry.Flag{Kind: registry.KindRelease, Created: date("2026-01-01")}, "2026-02-10", registry.DueLifetime},
		"lifetime without a day":  {registry.Flag{Kind: registry.KindRelease}, "", registry.DueNever},
		"kill switch":             {registry.Flag{Kind: registry.KindKillSwitch, Created: date("2026-01-01")}, "", registry.DueNever},
		"no kind":                 {registry.Flag{Created: date("2026-01-01")}, "", registry.DueNever},
		"permanent":               {registry.Flag{Kind: registry.KindRelease, Created: date("2026-01-01"), Permanent: true}, "", registry.DueNever},
		"rolled out":              {registry.Flag{State: registry.StateRolledOut, Since: date("2026-03-01")}, "2026-03-31", registry.DueRolledOut},
		"rolled out after expiry": {registry.Flag{State: registry.StateRolledOut, Since: date("2026-03-01"), Expires: registry.Expiry{Date: date("2026-03-02")}}, "2026-03-02", registry.DueExpiry},
		"rolled out before":       {registry.Flag{State: registry.StateRolledOut, Since: date("2026-03-01"), Expires: registry.Expiry{Date: date("2026-09-02")}}, "2026-03-31", registry.DueRolledOut},
		"retired":                 {registry.Flag{State: registry.StateRetired, Since: date("2026-03-01"), Expires: registry.Expiry{Date: date("2026-09-02")}}, "2026-03-01", registry.DueRetired},
		"locked":                  {registry.Flag{Locked: true}, "", registry.DueRetired},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			day, why := registry.DefaultPolicy().Due(&tc.flag)
			assert.Equal(t, tc.day, day.String())
			assert.Equal(t, tc.why, why)
		})
	}
}
