package load_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/load"
)

// TestFixed tells the files that never change from those that may.
func TestFixed(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	at := func(path string) string { return filepath.Join(root, filepath.FromSlash(path)) }
	env := load.Environment{GOVERSION: "go1.26.8", GOROOT: at("go"), GOMODCACHE: at("mod")}
	devel := env
	devel.GOVERSION = "devel go1.27-abcdef"
	mod := func(path, version string) *packages.Module { return &packages.Module{Path: path, Version: version} }
	for name, c := range map[string]struct {
		env  load.Environment
		dir  string
		mod  *packages.Module
		want string
	}{
		"Go's own":                   {env: env, dir: "go/src/fmt", want: "go1.26.8"},
		"Go's own, from source":      {env: devel, dir: "go/src/fmt"},
		"in GOPATH":                  {env: env, dir: "path/src/x"},
		"a module":                   {env: env, dir: "mod/example.com/a@v1.2.3/p", mod: mod("example.com/a", "v1.2.3"), want: "example.com/a@v1.2.3"},
		"with capitals":              {env: env, dir: "mod/example.com/!a@v1.2.3", mod: mod("example.com/A", "v1.2.3"), want: "example.com/A@v1.2.3"},
		"another version":            {env: env, dir: "mod/example.com/a@v1.2.3/p", mod: mod("example.com/a", "v1.2.4")},
		"vendored":                   {env: env, dir: "m/vendor/example.com/a", mod: mod("example.com/a", "v1.2.3")},
		"the main module":            {env: env, dir: "m/p", mod: mod("example.com/m", "")},
		"replaced by another module": {env: env, dir: "mod/example.com/b@v2.0.0", mod: &packages.Module{Path: "example.com/a", Version: "v1.2.3", Replace: mod("example.com/b", "v2.0.0")}, want: "example.com/b@v2.0.0"},
		"replaced by a directory":    {env: env, dir: "b", mod: &packages.Module{Path: "example.com/a", Version: "v1.2.3", Replace: mod("../b", "")}},
	} {
		id, ok := c.env.Fixed(&packages.Package{Dir: at(c.dir), Module: c.mod})
		assert.Equal(t, c.want != "", ok, name)
		if ok {
			assert.Equal(t, c.want, id, name)
		}
	}
}
