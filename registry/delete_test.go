package registry_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/registry"
)

// Each archive names a key in its first line, and has the text before and after.
func TestDeleteRow(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/delete/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			require.Len(t, archive.Files, 2)
			key := strings.TrimSpace(string(archive.Comment))
			in, out := string(archive.Files[0].Data), string(archive.Files[1].Data)

			got, err := registry.DeleteRow("flags.yaml", []byte(in), key)
			require.NoError(t, err)
			assert.Equal(t, out, string(got))

			// Line breaks of another system, a byte order mark and a missing last
			// line break stay as they were.
			crlf := func(s string) string { return "\xef\xbb\xbf" + strings.ReplaceAll(s, "\n", "\r\n") }
			got, err = registry.DeleteRow("flags.yaml", []byte(crlf(in)), key)
			require.NoError(t, err)
			assert.Equal(t, crlf(out), string(got))

			_, err = registry.DeleteRow("flags.yaml", got, key)
			assert.ErrorContains(t, err, "has no flag", "it went")
		})
	}
}

func TestDeleteRowWithoutLastLineBreak(t *testing.T) {
	t.Parallel()
	for in, out := range map[string]string{
		"version: 1\nflags:\n  a: {}\n  b: {}":              "version: 1\nflags:\n  a: {}\n",
		"version: 1\nflags:\n  b: {}":                       "version: 1\nflags: {}\n",
		"version: 1\nflags:\n  b: {}\n  # about a\n  a: {}": "version: 1\nflags:\n  # about a\n  a: {}",
	} {
		got, err := registry.DeleteRow("flags.yaml", []byte(in), "b")
		require.NoError(t, err)
		assert.Equal(t, out, string(got))
	}
}

func TestDeleteRowRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"version: 1\nflags: {a: {}}", `flags.yaml: has no flag "b"`},
		{"version: 1\nflags:\n  b:\n", `flags.yaml:3:3: flag "b": empty is not a map of fields (write {} for none)`},
		{"version: 1\nflags: {b: {}, b: {}}", `flags.yaml:2:16: duplicate key "b" (first at 2:9; remove one)`},
		{"", "flags.yaml: is empty"},
	} {
		got, err := registry.DeleteRow("flags.yaml", []byte(tt.in), "b")
		assert.Nil(t, got)
		assert.EqualError(t, err, tt.want)
	}
}

// Deleting every row of the valid samples, in any order, leaves what the others say.
func TestDeleteEveryRowOfTheSamples(t *testing.T) {
	t.Parallel()
	for _, file := range samples(t, "valid") {
		data := read(t, file)
		flags := parse(t, file, string(data)).Flags()
		for len(flags) > 0 {
			i := len(flags) / 2
			var err error
			data, err = registry.DeleteRow(file, data, flags[i].Key)
			require.NoError(t, err)
			flags = append(flags[:i], flags[i+1:]...)
			assert.Len(t, parse(t, file, string(data)).Flags(), len(flags))
		}
	}
}
