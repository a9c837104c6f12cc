package testrun

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// tree writes an archive to a new directory.
func tree(t *testing.T, text string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, f := range txtar.Parse([]byte(text)).Files {
		name := filepath.Join(dir, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
	}
	return dir
}

// environ is that of this process, away from the network.
func environ() []string {
	return append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOTOOLCHAIN=local", "GOWORK=")
}

const modules = `
-- go.work --
go 1.26

use (
	./app
	./lib
)
-- app/go.mod --
module example.com/app

go 1.26

require example.com/lib v0.0.0
replace example.com/other => ../other
-- app/app.go --
package app

import "example.com/lib"

func Sum() int { return lib.One() }
-- app/app_test.go --
package app

import (
	"os"
	"testing"
)

func TestSum(t *testing.T) {
	if Sum() != 1 {
		t.Error("not 1")
	}
}

func TestWrites(t *testing.T) {
	if err := os.WriteFile("testdata/golden.txt", []byte("new"), 0o644); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile("testdata/link.txt", []byte("new"), 0o644); err != nil {
		t.Error(err)
	}
	if err := os.MkdirAll("testdata/locked", 0o555); err != nil {
		t.Error(err)
	}
}

func TestSame(t *testing.T) {
	for range 2 {
		t.Run("same name", func(t *testing.T) {})
	}
}
-- app/testdata/golden.txt --
old
-- lib/go.mod --
module example.com/lib

go 1.26
-- lib/lib.go --
package lib

func One() int { return 1 }
-- other/go.mod --
module example.com/other

go 1.26
-- outside.txt --
old
`

func TestRunner(t *testing.T) {
	t.Parallel()
	dir := tree(t, modules)
	golden, outside := filepath.Join(dir, "app/testdata/golden.txt"), filepath.Join(dir, "outside.txt")
	require.NoError(t, os.Symlink("../../outside.txt", filepath.Join(dir, "app/testdata/link.txt")))
	temp := filepath.Join(dir, "app", "tmp") // a temporary directory in the module itself
	require.NoError(t, os.Mkdir(temp, 0o755))

	app := filepath.Join(dir, "app")
	r, err := New(t.Context(), Options{Modules: []string{app}, Work: filepath.Join(dir, "go.work"), Env: environ(), TempDir: temp})
	require.NoError(t, err)
	pkgs := []Package{{Path: "example.com/app", Dir: app, Module: app}}
	before, err := r.Run(t.Context(), pkgs)
	require.NoError(t, err)
	assert.Equal(t, Pass, before[Test{"example.com/app", "TestSum"}])
	assert.Equal(t, Pass, before[Test{"example.com/app", "TestWrites"}])

	// The user's files are as they were, also where a test wrote through a link.
	for _, name := range []string{golden, outside} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, "old\n", string(data))
	}

	// Another module of the workspace changes.
	lib := filepath.Join(dir, "lib/lib.go")
	require.NoError(t, r.Set(map[string][]byte{lib: []byte("package lib\n\nfunc One() int { return 2 }\n")}))
	after, err := r.Run(t.Context(), pkgs, "TestSum")
	require.NoError(t, err)
	assert.Equal(t, Results{{"example.com/app", "TestSum"}: Fail}, after)
	assert.Equal(t, Fails, Judge(before, after, Test{"example.com/app", "TestSum"}))
	assert.Equal(t, []Test{{"example.com/app", "TestSum"}}, Broken(before, after))

	// Two subtests of one name cannot be told apart.
	assert.Equal(t, Unknown, Judge(before, before, Test{"example.com/app", "TestSame/same_name"}))

	// What was changed is put back, and a deleted file too.
	require.NoError(t, r.Set(map[string][]byte{filepath.Join(app, "app_test.go"): nil}))
	none, err := r.Run(t.Context(), pkgs)
	require.NoError(t, err)
	assert.Empty(t, none)
	require.NoError(t, r.Set(nil))
	again, err := r.Run(t.Context(), pkgs)
	require.NoError(t, err)
	assert.Equal(t, before, again)

	require.NoError(t, r.Close())
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	dir := tree(t, `
-- go.mod --
module example.com/m

go 1.26
-- m_test.go --
package m

import (
	"os"
	"testing"
	"time"
)

func TestSlow(t *testing.T) {
	os.WriteFile(os.Getenv("STARTED"), nil, 0o644)
	time.Sleep(time.Minute)
}
`)
	temp := t.TempDir()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := New(canceled, Options{Modules: []string{dir}, Env: environ(), TempDir: temp})
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	assert.Empty(t, left, "an interrupted copy is deleted")

	started := filepath.Join(t.TempDir(), "started")
	r, err := New(t.Context(), Options{Modules: []string{dir}, Env: append(environ(), "STARTED="+started), TempDir: temp})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for {
			if _, err := os.Stat(started); err == nil {
				cancel()
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	start := time.Now()
	_, err = r.Run(ctx, []Package{{Path: "example.com/m", Dir: dir, Module: dir}})
	require.ErrorIs(t, err, context.Canceled)
	assert.Less(t, time.Since(start), 50*time.Second, "the test is not waited for")
	require.NoError(t, r.Close())
}

func TestDoesNotRun(t *testing.T) {
	t.Parallel()
	dir := tree(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- m.go --\npackage m\n")
	r, err := New(t.Context(), Options{Modules: []string{dir}, Env: append(environ(), "GOFLAGS=-nonsense"), TempDir: t.TempDir()})
	require.NoError(t, err)
	defer r.Close()
	_, err = r.Run(t.Context(), []Package{{Path: "example.com/m", Dir: dir, Module: dir}})
	require.ErrorContains(t, err, "go test does not run: ")

	_, err = New(t.Context(), Options{Modules: []string{t.TempDir()}, TempDir: t.TempDir()})
	require.EqualError(t, err, "there is no module to copy")
}

func TestJudge(t *testing.T) {
	t.Parallel()
	results := func(text string) Results {
		out := Results{}
		for line := range strings.FieldsSeq(text) {
			name, outcome, _ := strings.Cut(line, "=")
			out[Test{"p", name}] = map[string]Outcome{"pass": Pass, "fail": Fail, "skip": Skip}[outcome]
		}
		return out
	}
	for _, tc := range []struct {
		name, before, after string
		want                Verdict
		broken              []string
	}{
		{name: "passes", before: "T=pass", after: "T=pass", want: Passes},
		{name: "fails", before: "T=pass", after: "T=fail", want: Fails, broken: []string{"T"}},
		{name: "failed before", before: "T=fail", after: "T=fail"},
		{name: "skipped before", before: "T=skip", after: "T=fail"},
		{name: "skipped after", before: "T=pass", after: "T=skip"},
		{name: "did not run", before: "T=pass", after: "U=pass"},
		{name: "some subtests", before: "T=pass T/a=pass T/b=pass", after: "T=fail T/a=fail T/b=pass", broken: []string{"T/a"}},
		{name: "all subtests", before: "T=pass T/a=pass T/b=pass", after: "T=fail T/a=fail T/b=fail", want: Fails, broken: []string{"T/a", "T/b"}},
		{name: "by itself", before: "T=pass T/a=pass", after: "T=fail T/a=pass", want: Fails, broken: []string{"T"}},
		{name: "slash in a name", before: "T=pass T/a/b=pass", after: "T=fail T/a/b=fail", want: Fails, broken: []string{"T/a/b"}},
		{name: "new test", before: "", after: "T=fail"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			before, after := results(tc.before), results(tc.after)
			assert.Equal(t, tc.want, Judge(before, after, Test{"p", "T"}))
			var names []string
			for _, b := range Broken(before, after) {
				names = append(names, b.Name)
			}
			assert.Equal(t, tc.broken, names)
		})
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	got, ran := parse(strings.NewReader(`not json
{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"T"}
{"Action":"pass","Package":"p","Test":"T"}
{"Action":"fail","Package":"p","Test":"U"}
{"Action":"skip","Package":"p","Test":"V"}
{"Action":"fail","Package":"p"}`))
	assert.True(t, ran)
	assert.Equal(t, Results{{"p", "T"}: Pass, {"p", "U"}: Fail, {"p", "V"}: Skip}, got)
	got, ran = parse(strings.NewReader("go: nothing\n"))
	assert.False(t, ran)
	assert.Empty(t, got)
}
