package recall_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
)

// newCorpus is a place for a copy of the corpus.
func newCorpus(t *testing.T) *place {
	t.Helper()
	dir := realTemp(t)
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata"))))
	specs, err := provider.Builtin()
	require.NoError(t, err)
	return &place{
		opts: load.Options{
			Dir: dir, Patterns: []string{"rules/...", "flagref/...", "example.com/..."}, Tests: true,
			Env: append(os.Environ(), "GO111MODULE=off", "GOPATH="+dir, "GOFLAGS=", "GOPROXY=off", "GOWORK=off"),
		},
		today: registry.Date{Year: 2026, Month: 6, Day: 1}, specs: specs, store: t.TempDir(),
	}
}

// realTemp is a directory by the name that the go command has for it.
func realTemp(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	return dir
}

// write writes files below a directory.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
}

// TestElsewhere uses what was found in one directory in another one that holds the same:
// nothing is searched there, and the findings are those of the other place.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	first, second := newCorpus(t), newCorpus(t)
	second.store = first.store
	_, work, err := first.recall(t)
	require.NoError(t, err)
	require.Greater(t, work.Source, 100)
	want, broken := second.whole(t)
	require.False(t, broken, want)
	require.Contains(t, want, second.opts.Dir)
	got, work, err := second.recall(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, recall.Work{}, work)
	// Nothing that is kept names the directory.
	files, err := os.ReadDir(first.store)
	require.NoError(t, err)
	require.Len(t, files, 1)
	data, err := os.ReadFile(filepath.Join(first.store, files[0].Name()))
	require.NoError(t, err)
	require.False(t, bytes.Contains(data, []byte(first.opts.Dir)))
}

// TestNames: a package is what it is wherever its module is, with what the module replaces
// and vendors. What names a place outside of these is taken for what it is.
func TestNames(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"m/go.mod":           "module example.com/m\n\ngo 1.25\n\nrequire example.com/other v1.0.0\n\nreplace example.com/other => ../other\n",
		"m/app/app.go":       "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"m/user/user.go":     "package user\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/other\"\n)\n\nvar On = other.Ask(app.Bool, \"a\") || other.On(\"b\")\n",
		"m/line/line.go":     "package line\n\nimport \"example.com/m/app\"\n\n//line line.y:7\nvar On = app.Bool(\"line\", true)\n",
		"other/go.mod":       "module example.com/other\n\ngo 1.25\n",
		"other/other.go":     "package other\n\nimport \"example.com/other/deep\"\n\nfunc Ask(f func(string, bool) bool, key string) bool { return f(key, true) }\n\nfunc On(key string) bool { return deep.On(key) }\n",
		"other/deep/deep.go": "package deep\n\nfunc On(key string) bool { return key != \"\" }\n",
	}
	places := make([]*place, 2)
	for i := range places {
		dir := realTemp(t)
		write(t, dir, files)
		p := newPlace(t, filepath.Join(dir, "m"))
		p.specs = append(p.specs, provider.Spec{Name: "deep", Functions: []provider.Function{{Name: "example.com/other/deep.On"}}})
		places[i] = p
	}
	places[1].store = places[0].store
	same := func(name string, p *place, searched int) {
		t.Helper()
		want, broken := p.whole(t)
		require.False(t, broken, "%s: %s", name, want)
		got, work, err := p.recall(t)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
		require.Equal(t, searched, work.Searched, name)
	}
	same("the first", places[0], 5)
	same("elsewhere", places[1], 0)
	// What is searched later, with syntax, has names of files too.
	_, got, err := places[1].run(t)
	require.NoError(t, err)
	part, err := places[1].listing.Narrow(got.ExportFile).Load(t.Context(), func(p *load.Package) bool { return p.Name == "user" })
	require.NoError(t, err)
	found, err := got.Search(t.Context(), part)
	require.NoError(t, err)
	var ways []string
	for pkg, result := range found {
		for _, ref := range result.References {
			require.Equal(t, filepath.Join(places[1].opts.Dir, "user", "user.go"), pkg.Fset.Position(ref.Node.Pos()).Filename)
			for _, via := range ref.Via {
				ways = append(ways, via.Filename)
			}
		}
	}
	require.Contains(t, ways, filepath.Join(filepath.Dir(places[1].opts.Dir), "other", "other.go"))
	require.False(t, slices.ContainsFunc(ways, func(name string) bool { return !filepath.IsAbs(name) }), ways)
	// The way up from a line directive ends somewhere else in each.
	climb := map[string]string{"line/line.go": strings.Replace(files["m/line/line.go"], "//line line.y", "//line ../../../line.y", 1)}
	for _, p := range places {
		write(t, p.opts.Dir, climb)
	}
	same("a directive that leads out", places[0], 1)
	same("elsewhere", places[1], 1)
	// An absolute one is the same everywhere.
	absolute := map[string]string{"line/line.go": strings.Replace(files["m/line/line.go"], "//line line.y", "//line /gen/line.y", 1)}
	for _, p := range places {
		write(t, p.opts.Dir, absolute)
	}
	same("a directive with an absolute name", places[0], 1)
	same("elsewhere", places[1], 0)
}

// TestVendored: of what a module vendors the text counts, not when it was written.
func TestVendored(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"go.mod":                              "module example.com/m\n\ngo 1.25\n\nrequire example.com/other v1.0.0\n",
		"app/app.go":                          "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"user/user.go":                        "package user\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/other\"\n)\n\nvar On = app.Bool(other.Key, true)\n",
		"vendor/modules.txt":                  "# example.com/other v1.0.0\n## explicit; go 1.25\nexample.com/other\n",
		"vendor/example.com/other/other.go":   "package other\n\nconst Key = \"a\"\n",
		"vendor/example.com/other/LICENSE":    "free\n",
		"vendor/example.com/other/another.go": "package other\n",
	}
	var p *place
	store := t.TempDir()
	for _, searched := range []int{2, 0} {
		p = newPlace(t, realTemp(t))
		p.store = store
		p.opts.Env = append(p.opts.Env, "GOFLAGS=-mod=vendor")
		write(t, p.opts.Dir, files)
		want, broken := p.whole(t)
		require.False(t, broken, want)
		got, work, err := p.recall(t)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, searched, work.Searched)
	}
	// The size is the same.
	write(t, p.opts.Dir, map[string]string{"vendor/example.com/other/other.go": "package other\n\nconst Key = \"b\"\n"})
	want, _ := p.whole(t)
	require.Contains(t, want, `"b"`)
	got, work, err := p.recall(t)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, 1, work.Searched)
}
