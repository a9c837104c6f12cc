package main

import (
	"os"
	"os/exec"
	"path/filepath"
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
			"gomod": goMod,
			"code":  exitCode,
			"large": large,
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
