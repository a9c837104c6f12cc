package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// flagModule is a module in which a flag stands in several files and a test.
var flagModule = map[string]string{
	"go.mod": "module example.com/m\n\ngo 1.26\n",
	".flaglint.yaml": `version: 1
registry: [flags.yaml]
providers:
  - name: flags
    functions: [{name: example.com/m/flags.On, key: 0}]
`,
	"flags.yaml":     "version: 1\nflags:\n  fast: {owner: a, description: b, state: retired, value: true}\n",
	"flags/flags.go": "package flags\n\nfunc On(key string) bool { return key != \"\" }\n",
	"a/a.go":         "package a\n\nimport \"example.com/m/flags\"\n\nfunc A() int {\n\tif flags.On(\"fast\") {\n\t\treturn 1\n\t}\n\treturn 2\n}\n",
	"a/a_test.go":    "package a\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {\n\tif A() != 1 {\n\t\tt.Error(\"not 1\")\n\t}\n}\n",
	"b/b.go":         "package b\n\nimport \"example.com/m/flags\"\n\nfunc B() int {\n\tif flags.On(\"fast\") {\n\t\treturn 1\n\t}\n\treturn 2\n}\n",
}

func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	return dir
}

// readTree returns the files of a directory, so that nothing that a run leaves
// behind goes unseen.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return out
}

// TestInterrupt interrupts commands that change files at any time: all files are
// as they were, or the command was done.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"remove":         {"remove", "fast=true"},
		"fix":            {"fix"},
		"with run-tests": {"remove", "fast=true", "--run-tests"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			interrupted, done := 0, 0
			for after := time.Duration(0); done == 0; after = 2*after + 20*time.Millisecond {
				dir := writeTree(t, flagModule)
				ctx, cancel := context.WithTimeout(t.Context(), after)
				var stdout, stderr bytes.Buffer
				env := append(os.Environ(), "GOWORK=off", "GOFLAGS=")
				code := run(ctx, append([]string{"-C", dir}, args...), world{stdout: &stdout, stderr: &stderr, env: env})
				cancel()
				if code == exitClean {
					done++
					assert.NotContains(t, readTree(t, dir)["a/a.go"], "fast")
					continue
				}
				interrupted++
				require.Equal(t, exitError, code, stderr.String())
				assert.Equal(t, "flaglint: interrupted (nothing was written)\n", stderr.String())
				assert.Equal(t, flagModule, readTree(t, dir))
			}
			assert.Positive(t, interrupted)
		})
	}
}
