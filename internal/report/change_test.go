package report_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/internal/report"
)

func TestChangeString(t *testing.T) {
	t.Parallel()
	raw := func(s string) json.RawMessage {
		if s == "" {
			return nil
		}
		return json.RawMessage(s)
	}
	for _, tc := range []struct{ what, field, from, to, want string }{
		{"added", "", "", "", "added"},
		{"changed", "owner", `"a"`, `"b"`, `owner is "b", was "a"`},
		{"changed", "expires", `"2027-01-01"`, "", `expires is not given, was "2027-01-01"`},
		{"changed", "serves.production", `{"only":false,"since":"2026-01-01"}`, `{"only":true}`, "production serves true, was false since 2026-01-01"},
		{"changed", "serves.", `{}`, `{"fallback":true}`, "serves what code falls back to, was different values"},
		{"changed", "serves.b", "", `[{"only":"x"},{}]`, `b serves "x" and different values, was nothing that is told`},
		{"changed", "serves.b", `"odd"`, "", `b serves nothing that is told, was "odd"`},
	} {
		c := report.Change{What: tc.what, Field: tc.field, From: raw(tc.from), To: raw(tc.to)}
		assert.Equal(t, tc.want, c.String())
	}
}
