package recall_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/recall"
)

var client = provider.Function{Name: "(*example.com/m/app.Client).Enabled"}

// TestPassedOverCorpus: what is found in the corpus of the analyzers is the same where packages are
// passed over, the first time and from what was kept, in one run and in parts.
func TestPassedOverCorpus(t *testing.T) {
	t.Parallel()
	p := newCorpus(t)
	p.pass = true
	want, broken := p.whole(t)
	require.False(t, broken, want)
	got, first, err := p.run(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Greater(t, first.Passed, 20)
	got, again, err := p.run(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, recall.Work{}, again.Work)
	p.store = ""
	shards, _ := divided(t, 3, p)
	got, _ = merged(t, p, shards)
	require.Equal(t, want, got)
	got, _ = merged(t, p, shards[1:])
	require.Equal(t, want, got, "one part is missing")
}

// TestPassedOver finds in small programs, one for each way in which flags can be reached, what is
// found where every package is searched. The comment of each names the packages that are
// passed over for good, and those that borrow what was found in them without their tests, a
// word for each.
func TestPassedOver(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/look/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(file)
			require.NoError(t, err)
			files := map[string]string{
				"go.mod": "module example.com/m\n\ngo 1.25\n",
				"app/app.go": "package app\n\n// Bool evaluates.\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n\n" +
					"// Client evaluates.\ntype Client struct{ name string }\n\n// Enabled does.\nfunc (c *Client) Enabled(key string) bool { return c.name == key }\n",
			}
			for _, f := range a.Files {
				files[f.Name] = string(f.Data)
			}
			p := newPlace(t, realTemp(t))
			p.specs[len(p.specs)-2].Functions = append(p.specs[len(p.specs)-2].Functions, client)
			write(t, p.opts.Dir, files)
			want, broken := p.whole(t)
			require.False(t, broken, want)
			require.Contains(t, want, `wanted`, "the case has a reference to find")
			p.pass = true
			got, first, err := p.run(t)
			require.NoError(t, err)
			require.Equal(t, want, got)
			_, passed, _ := strings.Cut(strings.TrimSpace(string(a.Comment)), "Passed over:")
			passed, borrowed, _ := strings.Cut(passed, "Borrowed:")
			assert.Len(t, strings.Fields(passed), first.Passed, "packages that were passed over")
			assert.Len(t, strings.Fields(borrowed), first.Borrowed, "packages that borrow")
			got, again, err := p.run(t)
			require.NoError(t, err)
			require.Equal(t, want, got, "again")
			assert.Zero(t, again.Work.Searched+again.Work.Source+again.Work.Read, "again")
			// A change of one package at a time.
			for _, name := range slices.Sorted(maps.Keys(files)) {
				if strings.HasSuffix(name, ".go") {
					file := filepath.Join(p.opts.Dir, filepath.FromSlash(name))
					require.NoError(t, os.WriteFile(file, []byte(files[name]+"\n// Later.\nfunc later() int { return 1 }\n"), 0o644))
					want, broken := p.whole(t)
					require.False(t, broken, want)
					got, _, err := p.run(t)
					require.NoError(t, err)
					require.Equal(t, want, got, "a change of %s", name)
					require.NoError(t, os.WriteFile(file, []byte(files[name]), 0o644))
				}
			}
		})
	}
}
