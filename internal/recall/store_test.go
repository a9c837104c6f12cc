package recall_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
)

// TestTrim deletes what was of no use for longest, and what killed runs have left, and
// nothing that is not its own.
func TestTrim(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for name, age := range map[string]time.Duration{
		"a.flaglint":           time.Minute,
		"b.flaglint":           2 * time.Minute,
		"c.flaglint":           3 * time.Minute,
		"writing-1.flaglint":   30 * time.Second,
		"writing-old.flaglint": 2 * time.Hour,
		"another.txt":          9 * time.Hour,
	} {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, make([]byte, 100), 0o644))
		require.NoError(t, os.Chtimes(name, time.Time{}, now.Add(-age)))
	}
	left := func() []string {
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		var out []string
		for _, e := range entries {
			out = append(out, e.Name())
		}
		return out
	}
	require.NoError(t, recall.Trim(dir, 1000, now))
	assert.Equal(t, []string{"a.flaglint", "another.txt", "b.flaglint", "c.flaglint", "writing-1.flaglint"}, left())
	require.NoError(t, recall.Trim(dir, 310, now))
	assert.Equal(t, []string{"a.flaglint", "another.txt", "b.flaglint", "writing-1.flaglint"}, left())
	require.NoError(t, recall.Trim(dir, 10, now))
	assert.Equal(t, []string{"another.txt", "writing-1.flaglint"}, left(), "the last one stays, however large it is")
	require.NoError(t, recall.Clear(dir))
	assert.Equal(t, []string{"another.txt"}, left())
	require.NoError(t, recall.Clear(filepath.Join(dir, "none")))
	require.NoError(t, recall.Trim(filepath.Join(dir, "none"), 1, now))
}

// TestAtOnce runs several times at once on one store, as people and editors do.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	specs, err := provider.Builtin()
	require.NoError(t, err)
	specs = append(specs, provider.Spec{Name: "app", Functions: []provider.Function{{Name: "example.com/m/app.Bool"}}})
	p := &place{
		opts: load.Options{Dir: dir, Patterns: []string{"./..."},
			Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")},
		today: registry.Date{Year: 2026, Month: 6, Day: 1}, specs: specs, store: t.TempDir(),
	}
	for name, text := range map[string]string{
		"go.mod":       "module example.com/m\n\ngo 1.26\n",
		"app/app.go":   "package app\n\nfunc Bool(key string) bool { return key != \"\" }\n",
		"user/user.go": "package user\n\nimport \"example.com/m/app\"\n\nvar On = app.Bool(\"a\")\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	want, broken := p.whole(t)
	require.False(t, broken)
	got := make([]string, 6)
	errs := make([]error, len(got))
	var wg sync.WaitGroup
	for i := range got {
		each := *p
		wg.Go(func() { got[i], _, errs[i] = each.recall(t) })
	}
	wg.Wait()
	for i := range got {
		require.NoError(t, errs[i])
		require.Equal(t, want, got[i])
	}
	again, work, err := p.recall(t)
	require.NoError(t, err)
	require.Equal(t, want, again)
	require.Zero(t, work.Searched)
	files, err := os.ReadDir(p.store)
	require.NoError(t, err)
	require.Len(t, files, 1, "nothing half written is left")
}
