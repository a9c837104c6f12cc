package baseline_test

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/baseline"
)

func finding(rule, flag, file, function string, line int) analyzer.Finding {
	return analyzer.Finding{Rule: rule, Flag: flag, Function: function, Pos: token.Position{Filename: file, Line: line}}
}

func same(name string) string { return name }

func TestFilter(t *testing.T) {
	t.Parallel()
	old := []analyzer.Finding{
		finding("expired-flag", "a", "x.go", "x.F", 3),
		finding("expired-flag", "a", "x.go", "x.F", 9),
		finding("unknown-flag", "b", "x.go", "x.F", 3),
		finding("unused-flag", "c", "flags.yaml", "", 7),
	}
	base := baseline.New(old, same)

	fresh, gone := base.Filter(old, same)
	require.Empty(t, fresh)
	require.Empty(t, gone)

	moved := []analyzer.Finding{
		finding("expired-flag", "a", "x.go", "x.F", 30),
		finding("expired-flag", "a", "x.go", "x.F", 40),
		finding("expired-flag", "a", "x.go", "x.F", 90),
		finding("unknown-flag", "b", "x.go", "x.G", 3),
		finding("unused-flag", "c", "flags.yaml", "", 8),
	}
	fresh, gone = base.Filter(moved, same)
	require.Equal(t, []analyzer.Finding{moved[2], moved[3]}, fresh, "one more than counted; another function")
	require.Equal(t, baseline.Baseline{{Rule: "unknown-flag", Flag: "b", Path: "x.go", Function: "x.F"}: 1}, gone)
	require.Equal(t, `unknown-flag of flag "b" in x.go, x.F`, gone.Keys()[0].String())
}

// TestRoundTrip: what Format writes, Parse reads as the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.MapOf(
			rapid.Custom(func(t *rapid.T) baseline.Key {
				return baseline.Key{
					Rule: rapid.StringMatching(`[a-z-]{1,8}`).Draw(t, "rule"), Flag: rapid.String().Draw(t, "flag"),
					Path: rapid.StringN(1, 9, -1).Draw(t, "path"), Function: rapid.SampledFrom([]string{"", "p.F", "p.(*T).<M>"}).Draw(t, "function"),
				}
			}),
			rapid.IntRange(1, 9),
		).Draw(t, "baseline")
		data, err := baseline.Baseline(b).Format()
		require.NoError(t, err)
		got, err := baseline.Parse("b.json", data)
		require.NoError(t, err, string(data))
		require.Equal(t, baseline.Baseline(b), got)
	})
}

func TestFormat(t *testing.T) {
	t.Parallel()
	data, err := baseline.New([]analyzer.Finding{
		finding("unused-flag", "c", "flags.yaml", "", 7), finding("dynamic-key", "", "a.go", "a.F", 1),
	}, same).Format()
	require.NoError(t, err)
	require.Equal(t, `{
  "version": 1,
  "findings": [
    {"rule":"dynamic-key","path":"a.go","function":"a.F","count":1},
    {"rule":"unused-flag","flag":"c","path":"flags.yaml","count":1}
  ]
}
`, string(data))
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 "b.json: is no baseline: EOF",
		"{\n\"version\": 1,\n oops}":       "b.json:3:1: is no baseline",
		`{"version": 2}`:                   "has version 2",
		`{"version": 1} {}`:                "more than one document",
		`{"version": 1, "finding": []}`:    `unknown field "finding"`,
		`{"version": 1, "findings": [{}]}`: "entry 1 has no rule or no path",
		`{"version": 1, "findings": [{"rule":"r","path":"p"}]}`:                                             "has no count",
		`{"version": 1, "findings": [{"rule":"r","path":"p","count":1},{"rule":"r","path":"p","count":1}]}`: "is there already",
		`{"version": 1, "findings": [{"rule":"r","path":"p","count":1,"line":3}]}`:                          `unknown field "line"`,
	} {
		_, err := baseline.Parse("b.json", []byte(text))
		require.ErrorContains(t, err, want, text)
		require.ErrorContains(t, err, "b.json")
	}
}
