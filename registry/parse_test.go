package registry_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

var update = flag.Bool("update", false, "write the golden files")

// samples returns the files of a folder of testdata, goldens left out.
func samples(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	for _, ext := range []string{"yaml", "json"} {
		found, err := filepath.Glob(filepath.Join("testdata", dir, "*."+ext))
		require.NoError(t, err)
		files = append(files, found...)
	}
	require.NotEmpty(t, files)
	return files
}

// golden compares got with the file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return data
}

func TestParseAcceptsValid(t *testing.T) {
	t.Parallel()
	for _, file := range samples(t, "valid") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			reg, err := registry.Parse(filepath.Base(file), read(t, file))
			require.NoError(t, err)
			golden(t, strings.TrimSuffix(file, filepath.Ext(file))+".flags", dump(reg))
		})
	}
}

// Every invalid file has all the errors that the golden beside it lists.
func TestParseTellsEveryError(t *testing.T) {
	t.Parallel()
	for _, file := range samples(t, "invalid") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			reg, err := registry.Parse("flags"+filepath.Ext(file), read(t, file))
			require.Error(t, err)
			assert.Nil(t, reg)
			golden(t, file+".errors", err.Error()+"\n")
		})
	}
}
