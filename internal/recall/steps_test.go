package recall_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/provider"
)

// TestSteps changes one thing at a time in a program, holds what is found against an
// analysis of the whole, and counts the packages that are typed with bodies.
func TestSteps(t *testing.T) {
	t.Parallel()
	bothWays(t, steps)
}

// steps takes the number of packages that are typed for the most where some are passed over.
func steps(t *testing.T, pass bool) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	p := newPlace(t, dir)
	p.pass = pass
	const rows = "version: 1\nflags:\n  old: {owner: me, description: a flag}\n  wrapped: {owner: me, description: a flag, created: 2026-01-01, kind: release}\n"
	write := func(files map[string]string) {
		for name, text := range files {
			name = filepath.Join(dir, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
			require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		}
	}
	p.registry = rows
	// app is imported by all but keys and plain; wrap by user and table; keys by user.
	write(map[string]string{
		"go.mod":         "module example.com/m\n\ngo 1.25\n",
		"app/app.go":     "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"keys/keys.go":   "package keys\n\nconst Old = \"old\"\n\nconst Other = \"other\"\n",
		"wrap/wrap.go":   "package wrap\n\nimport \"example.com/m/app\"\n\nfunc Enabled(key string) bool { return app.Bool(key, false) }\n\nfunc Size() int { return 1 }\n",
		"user/user.go":   "package user\n\nimport (\n\t\"example.com/m/keys\"\n\t\"example.com/m/wrap\"\n)\n\nfunc Use() bool { return wrap.Enabled(keys.Old) && wrap.Enabled(keys.Other) }\n",
		"table/table.go": "package table\n\nimport \"example.com/m/wrap\"\n\nvar On = wrap.Enabled(\"wrapped\")\n\nvar N = wrap.Size()\n",
		"env/env.go":     "package env\n\nimport \"example.com/m/app\"\n\nvar On = app.Env(\"typo\")\n",
		"plain/plain.go": "package plain\n\nimport \"strings\"\n\nfunc F(s string) string { return strings.ToUpper(s) }\n",
	})
	step := func(name string, source int, change func()) {
		t.Helper()
		change()
		want, broken := p.whole(t)
		require.False(t, broken, "%s: %s", name, want)
		got, work, err := p.recall(t)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
		if pass {
			require.LessOrEqual(t, work.Source, source, name)
		} else {
			require.Equal(t, source, work.Source, name)
		}
		again, work, err := p.recall(t)
		require.NoError(t, err, name)
		require.Equal(t, want, again, name)
		require.Zero(t, work.Searched+work.Source+work.Signatures, name)
	}
	file := func(name, text string) func() { return func() { write(map[string]string{name: text}) } }
	// Twice is keys, since user tells that its constants are keys, which user knows.
	step("first", 7+1, func() {})
	step("nothing", 0, func() {})
	step("a body that tells nothing", 1, file("wrap/wrap.go",
		"package wrap\n\nimport \"example.com/m/app\"\n\nfunc Enabled(key string) bool { return app.Bool(key, false) }\n\nfunc Size() int { return 2 }\n"))
	step("a function that no importer can name", 1, file("wrap/more.go", "package wrap\n\nfunc more() int { return 1 }\n"))
	step("a variable that importers see", 3, file("wrap/more.go", "package wrap\n\nfunc more() int { return 1 }\n\nvar More = more()\n"))
	step("the function that gives its type", 3, file("wrap/more.go", "package wrap\n\nfunc more() float64 { return 1 }\n\nvar More = more()\n"))
	step("its body", 1, file("wrap/more.go", "package wrap\n\nfunc more() float64 { return 2 }\n\nvar More = more()\n"))
	step("no more of it", 1, func() { require.NoError(t, os.Remove(filepath.Join(dir, "wrap", "more.go"))) })
	step("a comment that moves an evaluation", 3, file("wrap/wrap.go",
		"package wrap\n\nimport \"example.com/m/app\"\n\n// Enabled asks.\nfunc Enabled(key string) bool { return app.Bool(key, false) }\n\nfunc Size() int { return 2 }\n"))
	step("a wrapper that is none any more", 3, file("wrap/wrap.go",
		"package wrap\n\nfunc Enabled(key string) bool { return key != \"\" }\n\nfunc Size() int { return 2 }\n"))
	step("back", 0, file("wrap/wrap.go",
		"package wrap\n\nimport \"example.com/m/app\"\n\n// Enabled asks.\nfunc Enabled(key string) bool { return app.Bool(key, false) }\n\nfunc Size() int { return 2 }\n"))
	step("a constant", 2+1, file("keys/keys.go", "package keys\n\nconst Old = \"older\"\n\nconst Other = \"other\"\n"))
	step("the registry knows what a search asked for", 1, func() {
		p.registry = rows + "  typo: {owner: me, description: a flag}\n"
	})
	step("the registry knows it no more", 0, func() { p.registry = rows })
	step("a row changes that a rule asked for", 1, func() {
		p.registry = "version: 1\nflags:\n  old: {owner: me, description: a flag}\n  wrapped: {owner: me, description: a flag, created: 2026-01-01, kind: ops}\n"
	})
	step("the day, for what has a date", 1, func() { p.today.Day++ })
	step("a row that nothing asked for", 0, func() { p.registry += "  unused: {owner: me, description: a flag}\n" })
	step("a package that nothing knew", 1, file("more/more.go", "package more\n\nimport \"example.com/m/wrap\"\n\nvar On = wrap.Enabled(\"more\")\n"))
	step("a file more", 1, file("plain/more.go", "package plain\n\nvar On = true\n"))
	step("a test", 1, file("plain/plain_test.go", "package plain\n\nimport (\n\t\"testing\"\n\n\t\"example.com/m/app\"\n)\n\nfunc TestF(t *testing.T) { _ = app.Bool(\"tested\", true) }\n"))
	step("a file less", 1, func() { require.NoError(t, os.Remove(filepath.Join(dir, "plain", "more.go"))) })
	step("the type of what is called", 4, file("wrap/wrap.go",
		"package wrap\n\nimport \"example.com/m/app\"\n\n// Enabled asks.\nfunc Enabled(key string) bool { return app.Bool(key, false) }\n\nfunc Size() float64 { return 2 }\n"))
	beside := "package table\n\nimport \"testing\"\n\nfunc TestN(t *testing.T) { t.Log(N) }\n"
	step("a test that has nothing to do with the flag beside it", 1, file("table/table_test.go", beside))
	step("the day, for a flag with such a test", 2, func() { p.today.Day++ })
	step("a test that has", 1, file("table/table_test.go", beside+"\nfunc TestOn(t *testing.T) { t.Log(On) }\n"))
	step("a test that has not any more", 0, file("table/table_test.go", beside))
	step("the language of the module", 10+1, file("go.mod", "module example.com/m\n\ngo 1.26\n"))
}

// TestToldConstants: what sets a variable of the environment asks the constants of all
// packages that it imports whether they are keys, which only others may know.
func TestToldConstants(t *testing.T) {
	t.Parallel()
	p := newPlace(t, realTemp(t))
	p.specs[len(p.specs)-2].Env = provider.EnvName{Pattern: "APP_{KEY}"}
	files := map[string]string{
		"go.mod":         "module example.com/m\n\ngo 1.25\n",
		"app/app.go":     "package app\n\nfunc Bool(key string, def bool) bool { return def }\n\nfunc Env(key string) bool { return false }\n",
		"akeys/keys.go":  "package akeys\n\nconst Old = \"OLD\"\n",
		"keys/keys.go":   "package keys\n\nconst Old = \"old\"\n",
		"set/set.go":     "package set\n\nimport (\n\t\"os\"\n\n\t_ \"example.com/m/akeys\"\n\t_ \"example.com/m/keys\"\n)\n\nfunc Set() { os.Setenv(\"APP_OLD\", \"1\") }\n",
		"user/user.go":   "package user\n\nimport (\n\t\"example.com/m/app\"\n\t\"example.com/m/keys\"\n)\n\nvar On = app.Bool(keys.Old, true)\n",
		"other/other.go": "package other\n\nvar On = true\n",
	}
	write(t, p.opts.Dir, files)
	same := func(name string) string {
		t.Helper()
		want, broken := p.whole(t)
		require.False(t, broken, want)
		got, _, err := p.recall(t)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
		return got
	}
	require.NotContains(t, same("one is a key"), `"OLD"`)
	write(t, p.opts.Dir, map[string]string{"other/other.go": strings.NewReplacer("user", "other", "example.com/m/keys", "example.com/m/akeys", "keys.", "akeys.").Replace(files["user/user.go"])})
	require.Contains(t, same("both are keys"), `"Kind":"override","Key":"OLD"`)
	write(t, p.opts.Dir, map[string]string{"other/other.go": files["other/other.go"]})
	require.NotContains(t, same("one is a key again"), `"OLD"`)
}
