package flaglint_test

import (
	"io/fs"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestModules vets and tests the modules inside this one, which `go test ./...`
// leaves out: the example service and the tools. The modules in testdata are for
// the tests that use them.
func TestModules(t *testing.T) {
	t.Parallel()
	var dirs []string
	require.NoError(t, filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if d.Name() == "go.mod" && name != "go.mod" {
			dirs = append(dirs, filepath.Dir(name))
		}
		return nil
	}))
	require.Contains(t, dirs, filepath.Join("examples", "shop"))
	for _, dir := range dirs {
		t.Run(filepath.ToSlash(dir), func(t *testing.T) {
			t.Parallel()
			for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
				cmd := exec.Command("go", args...)
				cmd.Dir = dir
				out, err := cmd.CombinedOutput()
				require.NoError(t, err, "go %v: %s", args, out)
			}
		})
	}
}
