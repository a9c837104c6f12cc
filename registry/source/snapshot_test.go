package source_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

var positions = regexp.MustCompile(`"at":"\d+:\d+"|"\d+:\d+: `)

// What any format knows of flags survives a snapshot: written and read again, they
// are what they were, but for their places and the order of lists.
func TestSnapshotRoundTrip(t *testing.T) {
	t.Parallel()
	for format, files := range samples(t, good) {
		for _, file := range files {
			t.Run(file, func(t *testing.T) {
				t.Parallel()
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				reg, err := source.Formats().Load(filepath.Base(file), data, registry.Options{Format: format})
				require.NoError(t, err)
				text, err := snapshot.Render(&snapshot.Snapshot{Sources: []snapshot.Source{{Name: "a", Type: "http", Flags: reg.Flags()}}})
				require.NoError(t, err)
				again, err := snapshot.Parse("s.json", text)
				require.NoError(t, err)
				same, err := snapshot.Render(again)
				require.NoError(t, err)
				require.Equal(t, string(text), string(same))
				want, got := reg.Flags(), again.Sources[0].Flags
				slices.SortFunc(want, func(a, b *registry.Flag) int { return strings.Compare(a.Key, b.Key) })
				assert.Equal(t, comparable(t, want), comparable(t, got))
			})
		}
	}
}

// comparable renders flags without what a snapshot does not keep.
func comparable(t *testing.T, flags []*registry.Flag) string {
	t.Helper()
	var plain []*registry.Flag
	for _, f := range flags {
		c := *f
		c.Runtime, c.Conflicts = false, nil
		c.Tags, c.Requires, c.Serves = slices.Clone(c.Tags), slices.Clone(c.Requires), slices.Clone(c.Serves)
		slices.Sort(c.Tags)
		slices.SortFunc(c.Requires, func(a, b registry.Requirement) int { return strings.Compare(a.Key, b.Key) })
		slices.SortStableFunc(c.Serves, func(a, b registry.Serving) int { return strings.Compare(a.Environment, b.Environment) })
		plain = append(plain, &c)
	}
	reg, err := registry.New(plain...)
	require.NoError(t, err)
	return positions.ReplaceAllString(model(t, reg), `"`)
}

func TestSnapshotStale(t *testing.T) {
	t.Parallel()
	day := func(s string) registry.Date {
		d, err := registry.ParseDate(s)
		require.NoError(t, err)
		return d
	}
	s := &snapshot.Snapshot{Sources: []snapshot.Source{{Name: "a", Synced: day("2026-11-01")}, {Name: "b", Synced: day("2026-11-19")}, {Name: "c"}}}
	assert.Equal(t, []string{`source "a" was synced 19 days ago`}, s.Stale(day("2026-11-20"), 7))
	assert.Empty(t, s.Stale(day("2026-11-20"), registry.Never))
	assert.Empty(t, s.Stale(registry.Date{}, 7))
	assert.Empty(t, s.Stale(day("2026-11-20"), 19))
}
