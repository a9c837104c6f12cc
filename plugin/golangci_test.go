package plugin_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// golangci names the variable by which a test run asks for the real golangci-lint.
const golangci = "FLAGLINT_GOLANGCI"

// TestGolangci runs the scripts in testdata/script with the real golangci-lint and
// the plugin in it. Building that takes minutes and a network, so FLAGLINT_GOLANGCI
// names the program; .ci/golangci builds it from testdata/gcl.
func TestGolangci(t *testing.T) {
	t.Parallel()
	bin := os.Getenv(golangci)
	if bin == "" {
		t.Skipf("the real golangci-lint is not run (run .ci/golangci, or name a build of it in %s)", golangci)
	}
	sdk, err := filepath.Abs(filepath.Join("..", "cmd", "flaglint", "testdata", "sdk"))
	require.NoError(t, err)
	cache := goEnv(t, "GOCACHE")
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"GOCACHE": cache, "GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local",
				"GOLANGCI_LINT_CACHE": filepath.Join(env.WorkDir, ".cache"), "GOLANGCI": bin,
				"GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.com",
				"GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.com",
				"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
			} {
				env.Setenv(name, value)
			}
			text := "module example.com/shop\n\ngo 1.26\n\nrequire github.com/open-feature/go-sdk v1.20.0\n\n" +
				"replace github.com/open-feature/go-sdk => " + sdk + "\n"
			return os.WriteFile(filepath.Join(env.WorkDir, "go.mod"), []byte(text), 0o644)
		},
	})
}

// goEnv is what the go command that runs the test uses.
func goEnv(t *testing.T, name string) string {
	out, err := exec.Command("go", "env", name).Output()
	require.NoError(t, err)
	return string(out[:len(out)-1])
}
