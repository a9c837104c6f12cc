package config_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/config"
	"github.com/flaghygiene/flaglint/registry"
)

var update = flag.Bool("update", false, "write the golden files")

func parse(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := config.Parse(".flaglint.yaml", []byte(text))
	require.NoError(t, err)
	return c
}

func pos(line, column int) registry.Position {
	return registry.Position{File: ".flaglint.yaml", Line: line, Column: column}
}

// full.yaml is the example of the documented contract, word for word.
func TestParseFull(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/valid/full.yaml")
	require.NoError(t, err)
	c := parse(t, string(data))

	assert.Equal(t, []config.RegistryEntry{
		{Pattern: "flags.yaml", Pos: pos(3, 5)},
		{Pattern: "config/flagd.json", Format: "flagd", Runtime: new(true), Pos: pos(4, 5)},
	}, c.Registry)
	require.Len(t, c.Providers, 1)
	app := c.Providers[0]
	assert.Equal(t, "app", app.Name)
	assert.Len(t, app.Functions, 1)
	assert.Len(t, app.Objects, 2)
	assert.Len(t, app.Objects[1].Evaluate, 3)
	assert.Len(t, app.Overrides, 3)
	assert.Equal(t, true, app.Overrides[2].Set)
	assert.Equal(t, "APP_FLAG_{key}", app.Env.Pattern)
	assert.Equal(t, pos(8, 15), app.At["example.com/app/flags.Bool"])
	assert.Equal(t, []string{"**/mocks/**"}, c.Exclude)

	require.Len(t, c.Rules, 2)
	nested := c.Rules["nested-flag"]
	assert.Equal(t, "warning", nested.Severity)
	assert.Equal(t, []config.Option{{Name: "max-depth", Value: int64(1), Pos: pos(nested.Pos.Line, 36)}}, nested.Options)
	assert.Equal(t, 17, nested.SeverityPos.Column)
	stale := c.Rules["stale-flag"]
	assert.Empty(t, stale.Severity)
	assert.Equal(t, map[string]any{"release": "40d", "experiment": "40d", "ops": "7d"}, stale.Options[0].Value)
}

func TestParseAcceptsValid(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/valid/*.yaml")
	require.NoError(t, err)
	require.Len(t, files, 5)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		_, err = config.Parse(file, data)
		assert.NoError(t, err)
	}
}

// Every invalid file has all the errors that the golden beside it lists.
func TestParseTellsEveryError(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/invalid/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			c, err := config.Parse(".flaglint.yaml", data)
			require.Error(t, err)
			assert.Nil(t, c)
			if *update {
				require.NoError(t, os.WriteFile(file+".errors", []byte(err.Error()+"\n"), 0o644))
			}
			want, readErr := os.ReadFile(file + ".errors")
			require.NoError(t, readErr)
			assert.Equal(t, string(want), err.Error()+"\n")
		})
	}
}

func TestExcluded(t *testing.T) {
	t.Parallel()
	c := parse(t, `{"version": 1, "exclude": ["**/mocks/**", "gen", "./api/*.pb.go", "{x,y}/z.go"]}`)
	for file, want := range map[string]bool{
		"mocks/a.go":       true,
		"a/mocks/b/c.go":   true,
		"a/mocksy/c.go":    false,
		"gen/a.go":         true, // a directory stands for what is in it
		"gen/b/c.go":       true,
		"a/gen/b.go":       false,
		"generate/a.go":    false,
		"api/x.pb.go":      true,
		"./api/x.pb.go":    true,
		"api/sub/x.pb.go":  false,
		"y/z.go":           true,
		"z/z.go":           false,
		"../outside/x.go":  false,
		"../mocks/x/y.go":  true,
		"a.go":             false,
		"/abs/mocks/dir/a": true,
	} {
		assert.Equal(t, want, c.Excluded(file), file)
	}
	assert.False(t, parse(t, "version: 1").Excluded("a.go"))
}

func TestFind(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{Data: []byte("version: 1")}
	fsys := fstest.MapFS{
		".flaglint.yaml":          file,
		"mod/.flaglint.yaml":      file,
		"mod/a/b/x.go":            file,
		"other/a/x.go":            file,
		"modern/x.go":             file,
		"near/.flaglint.yml":      file,
		"dir/.flaglint.yaml/x.go": file,
	}
	for _, tt := range []struct{ dir, root, want string }{
		{"mod", "mod", "mod/.flaglint.yaml"},
		{"mod/a/b", "mod", "mod/.flaglint.yaml"},
		{"mod/a/b", "mod/a", ""}, // never above the root
		{"other/a", "other", ""},
		{"other/a", ".", ".flaglint.yaml"},
		{"modern", "mod", ""}, // not below the root, though the name begins alike
		{".", ".", ".flaglint.yaml"},
		{"mod", "other", "mod/.flaglint.yaml"},
	} {
		got, err := config.Find(fsys, tt.dir, tt.root)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "%+v", tt)
	}
	_, err := config.Find(fsys, "near", ".")
	assert.EqualError(t, err, "near/.flaglint.yml: is not read (rename it to .flaglint.yaml)")
	_, err = config.Find(fsys, "dir", ".")
	assert.EqualError(t, err, "dir/.flaglint.yaml: is not a regular file")
}

func TestRegistryFiles(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{Data: []byte("version: 1")}
	fsys := fstest.MapFS{
		"shared/flags.yaml":       file,
		"shared/.flaglint.yaml":   file,
		"mod[1]/flags.yaml":       file,
		"mod[1]/flags/b.yaml":     file,
		"mod[1]/flags/a.yaml":     file,
		"mod[1]/flags/c.json":     file,
		"mod[1]/flags/deep/d.yml": file,
	}
	names := func(text string) ([]string, error) {
		files, err := parse(t, "version: 1\nregistry:\n"+text).RegistryFiles(fsys, "mod[1]")
		var names []string
		for _, f := range files {
			name := f.Name
			if f.Entry.Format != "" {
				name += " " + f.Entry.Format
			}
			names = append(names, name)
		}
		return names, err
	}

	got, err := names("  - flags.yaml\n  - ../shared/flags.yaml\n  - flags/*.yaml\n  - flags/**/*.{yml,json}\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"mod[1]/flags.yaml", "shared/flags.yaml", "mod[1]/flags/a.yaml", "mod[1]/flags/b.yaml",
		"mod[1]/flags/c.json", "mod[1]/flags/deep/d.yml"}, got)

	got, err = names("  - flags/*\n  - {file: flags/c.json, format: flagd}\n  - {file: flags/b.yaml, format: native}\n  - {file: 'flags/*.json', format: goff}\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"mod[1]/flags/a.yaml", "mod[1]/flags/b.yaml native", "mod[1]/flags/c.json flagd"}, got, "each file once, as it is named best")

	got, err = names("  - ../shared/*.yaml\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"shared/flags.yaml"}, got, "a configuration is no registry")

	_, err = names("  - none.yaml\n  - none/*.yaml\n  - ../../flags.yaml\n  - flags\n  - ../../*/flags.yaml\n")
	assert.EqualError(t, err, `.flaglint.yaml:3:5: registry file "none.yaml" does not exist (correct the path, or remove the entry)
.flaglint.yaml:4:5: registry "none/*.yaml" matches no file (correct the glob, or remove the entry)
.flaglint.yaml:5:5: registry "../../flags.yaml": is outside the file system (write a path below it)
.flaglint.yaml:6:5: registry "flags": is a directory (name a file, or write flags/*.yaml)
.flaglint.yaml:7:5: registry "../../*/flags.yaml": is outside the file system (write a path below it)`)
}
