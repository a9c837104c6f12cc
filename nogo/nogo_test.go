package nogo_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/nogo"
	"github.com/flaghygiene/flaglint/nogo/nogotest"
)

const registryText = "version: 1\nflags:\n  known: {owner: a, description: b, expires: 2026-04-01}\n"

// check runs the analyzer over testdata, after setting flags.
func check(t *testing.T, a *analysis.Analyzer, flags map[string]string) ([]string, error) {
	t.Helper()
	require.NoError(t, analysis.Validate([]*analysis.Analyzer{a}))
	for name, value := range flags {
		require.NoError(t, a.Flags.Set(name, value))
	}
	dir, err := filepath.Abs(filepath.Join("..", "cmd", "flaglint", "testdata", "sdk"))
	require.NoError(t, err)
	mod := t.TempDir()
	require.NoError(t, os.CopyFS(mod, os.DirFS("testdata/src")))
	require.NoError(t, os.WriteFile(filepath.Join(mod, "go.mod"), fmt.Appendf(nil,
		"module example.com/shop\n\ngo 1.26\n\nrequire github.com/open-feature/go-sdk v1.20.0\n\nreplace github.com/open-feature/go-sdk => %s\n", dir), 0o644))
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax, Dir: mod, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"),
	}, "./wrap", "./shop")
	require.NoError(t, err)
	all, err := nogotest.Run(t, a, pkgs)
	var found []string
	for _, f := range all {
		found = append(found, fmt.Sprintf("%s:%d:%d: %s", filepath.Base(f.File), f.Line, f.Column, f.Message))
	}
	return found, err
}

// TestNogo: with nothing of a pass but what nogo gives, wrappers are followed into
// other packages, and the registry is embedded or named by a flag.
func TestNogo(t *testing.T) {
	t.Parallel()
	unknown := `shop.go:15:25: unknown-flag: flag "unknwon" is in no registry (flaglint explain unknown-flag)`
	expired := `shop.go:11:9: expired-flag: flag "known" expired on 2026-04-01, 233 days ago (owner a) (flags.yaml:3:3; flaglint explain expired-flag)`

	embedded := nogo.Options{Registries: []nogo.File{{Name: "flags.yaml", Data: []byte(registryText)}}}
	found, err := check(t, nogo.New(embedded), nil)
	require.NoError(t, err)
	require.Equal(t, []string{unknown}, found, "without a date nothing has expired")

	found, err = check(t, nogo.New(embedded), map[string]string{"today": "2026-11-20"})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{expired, unknown}, found)

	found, err = check(t, nogo.New(embedded), map[string]string{"rules": "expired-flag,stale-flag", "today": "2026-11-20"})
	require.NoError(t, err)
	require.Equal(t, []string{expired}, found)

	file := filepath.Join(t.TempDir(), "flags.yaml")
	require.NoError(t, os.WriteFile(file, []byte(registryText), 0o644))
	found, err = check(t, nogo.New(nogo.Options{}), map[string]string{"registry": file})
	require.NoError(t, err)
	require.Equal(t, []string{unknown}, found)

	embedded.Config = nogo.File{Name: ".flaglint.yaml", Data: []byte("version: 1\nexclude: ['shop/**']\n")}
	found, err = check(t, nogo.New(embedded), nil)
	require.NoError(t, err)
	require.Empty(t, found)

	_, err = check(t, nogo.New(nogo.Options{}), map[string]string{"registry": file + "x"})
	require.ErrorContains(t, err, "the registry cannot be read: no such file or directory (in a sandbox, embed it)")
	_, err = check(t, nogo.New(nogo.Options{}), map[string]string{"rules": "oops"})
	require.ErrorContains(t, err, `there is no rule "oops"`)
}
