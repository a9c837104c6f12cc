package main

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"flaglint": main})
}

// TestScript runs the scripts in testdata/script: the command as users run it,
// without a network, on modules whose SDK is the stub in testdata/sdk.
func TestScript(t *testing.T) {
	t.Parallel()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	sdk, err := filepath.Abs(filepath.Join("testdata", "sdk"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"GOCACHE":             goCache(cache),
				"GOPROXY":             "off",
				"GOFLAGS":             "-mod=mod",
				"GOTOOLCHAIN":         "local",
				"GONOSUMDB":           "*",
				"GIT_AUTHOR_NAME":     "Ann",
				"GIT_AUTHOR_EMAIL":    "ann@example.com",
				"GIT_COMMITTER_NAME":  "Ann",
				"GIT_COMMITTER_EMAIL": "ann@example.com",
				"GIT_CONFIG_GLOBAL":   os.DevNull,
				"GIT_CONFIG_NOSYSTEM": "1",
				"SDK":                 sdk,
			} {
				env.Setenv(name, value)
			}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"gomod":  goMod,
			"code":   exitCode,
			"large":  large,
			"serve":  serve,
			"sqlite": sqliteFile,
			"envsubst": func(ts *testscript.TestScript, _ bool, args []string) {
				for _, name := range args {
					text := os.Expand(ts.ReadFile(name), ts.Getenv)
					ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
				}
			},
			"append": func(ts *testscript.TestScript, _ bool, args []string) {
				data := ts.ReadFile(args[0])
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(data+"\n// changed\n"), 0o644))
			},
			"findtool": func(ts *testscript.TestScript, _ bool, _ []string) {
				name, err := exec.LookPath("flaglint")
				ts.Check(err)
				ts.Setenv("FLAGLINT", name)
			},
		},
	})
}

// goCache is the build cache of the test run itself, so that the standard library
// is not built for each script.
func goCache(userCache string) string {
	if dir := os.Getenv("GOCACHE"); dir != "" {
		return dir
	}
	return filepath.Join(userCache, "go-build")
}

// goMod writes a go.mod in the current directory: gomod MODULE.
func goMod(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gomod MODULE")
	}
	text := "module " + args[0] + "\n\ngo 1.26\n\nrequire github.com/open-feature/go-sdk v1.20.0\n\n" +
		"replace github.com/open-feature/go-sdk => " + ts.Getenv("SDK") + "\n"
	ts.Check(os.WriteFile(ts.MkAbs("go.mod"), []byte(text), 0o644))
}

// exitCode runs flaglint and compares its exit code: code N ARGS.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code N ARGS...")
	}
	err := ts.Exec("flaglint", args[1:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// serve starts a flag service that answers with the files below a directory, and sets
// an environment variable to its address: serve DIR VARIABLE. It wants the token
// api-s3cr3t, which a refusal repeats. A list that is asked for with a filter is
// another file, PATH.filtered. A file is read at each request; one with a name of
// three digits is the status of all answers.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: serve DIR VARIABLE")
	}
	dir := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, _ := filepath.Glob(filepath.Join(dir, "[0-9][0-9][0-9]"))
		switch {
		case len(status) > 0:
			code, _ := strconv.Atoi(filepath.Base(status[0]))
			w.WriteHeader(code)
		case strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ") != "api-s3cr3t":
			http.Error(w, "no such token: "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		case r.URL.Query().Has("filter"):
			http.ServeFile(w, r, filepath.Join(dir, filepath.FromSlash(r.URL.Path)+".filtered"))
		default:
			http.ServeFile(w, r, filepath.Join(dir, filepath.FromSlash(r.URL.Path)))
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[1], server.URL)
}

// sqliteFile runs the statements of a file in a database, which it makes where there is
// none: sqlite DATABASE FILE.
func sqliteFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sqlite DATABASE FILE")
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(db.Close())
}

// large writes a file of N megabytes: large FILE N.
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: large FILE MEGABYTES")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	n := int64(0)
	for _, c := range args[1] {
		n = n*10 + int64(c-'0')
	}
	ts.Check(f.Truncate(n << 20))
	ts.Check(f.Close())
}
