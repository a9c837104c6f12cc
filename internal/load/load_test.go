package load_test

import (
	"context"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/removal"
)

// TestLoad loads the module of each archive and compares with its "want":
// a line a package, with the imports that an analysis follows, and the errors.
func TestLoad(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			dir, special := extract(t, name)
			prog, err := load.Load(context.Background(), options(t, dir, special))
			assert.Equal(t, special["want"], strings.ReplaceAll(render(prog, err, dir), dir, "$WORK"))
		})
	}
}

// TestSharedFiles proves what a removal relies on: one file is one tree, in a
// package, its test variant and every build configuration.
func TestSharedFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"variants", "configs"} {
		dir, special := extract(t, "testdata/"+name+".txtar")
		prog, err := load.Load(context.Background(), options(t, dir, special))
		require.NoError(t, err)
		trees := map[string]*ast.File{}
		shared := 0
		for _, p := range prog.Packages {
			for _, f := range p.Syntax {
				file := prog.Fset.File(f.FileStart).Name()
				if known, ok := trees[file]; ok {
					assert.Same(t, known, f, file)
					shared++
				}
				trees[file] = f
				assert.Contains(t, prog.Sources, file)
			}
		}
		assert.Positive(t, shared, name)
	}
}

// TestOverlay loads content that is not on disk.
func TestOverlay(t *testing.T) {
	t.Parallel()
	dir, special := extract(t, "testdata/typeerror.txtar")
	opts := options(t, dir, special)
	name := filepath.Join(dir, "p", "p.go")
	opts.Overlay = map[string][]byte{name: []byte("package p\n\nfunc F() int { return 1 }\n")}
	prog, err := load.Load(context.Background(), opts)
	require.NoError(t, err)
	assert.Empty(t, prog.Errors)
	assert.Equal(t, opts.Overlay[name], prog.Sources[name])
}

// TestCancelled ends with the context's error.
func TestCancelled(t *testing.T) {
	t.Parallel()
	dir, special := extract(t, "testdata/subset.txtar")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := load.Load(ctx, options(t, dir, special))
	assert.ErrorIs(t, err, context.Canceled)
}

// TestRemovalProgram converts: the packages of main modules, linked.
func TestRemovalProgram(t *testing.T) {
	t.Parallel()
	dir, special := extract(t, "testdata/replace.txtar")
	prog, err := load.Load(context.Background(), options(t, dir, special))
	require.NoError(t, err)
	r := prog.Removal(nil)
	require.Len(t, r.Packages, 1)
	assert.Equal(t, "example.com/m", r.Packages[0].Path)
	assert.Empty(t, r.Packages[0].Imports, "a replaced module is not edited")
	require.Len(t, r.Modules, 1)
	assert.Equal(t, dir, r.Modules[0].Dir)

	dir, special = extract(t, "testdata/variants.txtar")
	prog, err = load.Load(context.Background(), options(t, dir, special))
	require.NoError(t, err)
	r = prog.Removal(nil)
	last := r.Packages[slices.IndexFunc(r.Packages, func(p *removal.Package) bool { return p.Name == "p_test" })]
	assert.Equal(t, "example.com/m/p_test [example.com/m/p.test]", last.ID)
	assert.Equal(t, "example.com/m/p [example.com/m/p.test]", last.Imports["example.com/m/p"].ID)
	assert.Equal(t, "example.com/m/p", last.ForTest)
}

func TestParseBuildConfig(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]load.BuildConfig{
		"linux/amd64":     {GOOS: "linux", GOARCH: "amd64"},
		"windows/":        {GOOS: "windows"},
		"linux/arm64,a,b": {GOOS: "linux", GOARCH: "arm64", Tags: []string{"a", "b"}},
		"integration":     {Tags: []string{"integration"}},
	} {
		got, err := load.ParseBuildConfig(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, text, got.Name())
	}
	for _, text := range []string{"", "/", "a,,b", "linux/amd64/x", "a,linux/amd64"} {
		_, err := load.ParseBuildConfig(text)
		assert.Error(t, err, text)
	}
}

// extract writes an archive to a directory; files without a dot in the name
// are for the test.
func extract(t *testing.T, name string) (dir string, special map[string]string) {
	t.Helper()
	a, err := txtar.ParseFile(name)
	require.NoError(t, err)
	dir, err = filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	special = map[string]string{}
	for _, f := range a.Files {
		if !strings.Contains(f.Name, ".") {
			special[f.Name] = string(f.Data)
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, f.Data, 0o644))
	}
	return dir, special
}

func options(t *testing.T, dir string, special map[string]string) load.Options {
	t.Helper()
	opts := load.Options{
		Dir:      dir,
		Patterns: strings.Fields(special["args"]),
		Tests:    true,
		Env:      append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOWORK="),
		Through:  strings.Fields(special["through"]),
	}
	for _, text := range strings.Fields(special["configs"]) {
		c, err := load.ParseBuildConfig(text)
		require.NoError(t, err)
		opts.Configs = append(opts.Configs, c)
	}
	return opts
}

func render(prog *load.Program, err error, dir string) string {
	if err != nil {
		return fmt.Sprintf("fails %s\n", err)
	}
	var b strings.Builder
	for _, p := range prog.Packages {
		b.WriteString(p.ID)
		if p.Root {
			b.WriteString(" root")
		}
		if p.Main {
			b.WriteString(" main")
		}
		if !p.Sound() {
			b.WriteString(" unsound")
		}
		if p.Config != "" {
			b.WriteString(" (" + p.Config + ")")
		}
		var imports []string
		for _, dep := range p.Imports {
			imports = append(imports, dep.ID)
		}
		slices.Sort(imports)
		if len(imports) > 0 {
			b.WriteString(": " + strings.Join(imports, ", "))
		}
		b.WriteString("\n")
	}
	for _, e := range prog.Errors {
		b.WriteString("error " + strings.ReplaceAll(e.Error(), dir+string(filepath.Separator), "") + "\n")
	}
	return b.String()
}
