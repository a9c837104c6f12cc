// Package providertest loads the SDK corpora under testdata/src/sdk for tests: a
// folder a provider (a suffix behind "_" tells several of one apart), which uses
// every row of its data file. A folder with a go.mod is a module that requires
// the real SDK; the others import the stubs of testdata/src, in GOPATH mode.
package providertest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// Corpus is one folder under testdata/src/sdk.
type Corpus struct {
	Name     string // the folder
	Provider string // the name of the spec that it is about
	Dir      string // absolute
	Module   bool   // it has a go.mod
}

// Root returns the absolute path of testdata, the GOPATH of the stubs.
func Root(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata")
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			tb.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}

// Corpora lists the corpora, by name.
func Corpora(tb testing.TB) []Corpus {
	tb.Helper()
	dir := filepath.Join(Root(tb), "src", "sdk")
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	var out []Corpus
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		name, _, _ := strings.Cut(e.Name(), "_")
		c := Corpus{Name: e.Name(), Provider: name, Dir: filepath.Join(dir, e.Name())}
		_, err := os.Stat(filepath.Join(c.Dir, "go.mod"))
		c.Module = err == nil
		out = append(out, c)
	}
	return out
}

// Load loads packages as the corpus sees them: "." is the corpus with its tests,
// other patterns are packages that it depends on. The go command downloads the
// modules that its cache lacks.
func (c Corpus) Load(tb testing.TB, mode packages.LoadMode, patterns ...string) []*packages.Package {
	tb.Helper()
	cfg := &packages.Config{
		Mode:       mode,
		Dir:        c.Dir,
		Tests:      slices.Contains(patterns, "."),
		BuildFlags: []string{"-tags=testtools"}, // OpenFeature's mock is behind it
	}
	if c.Module {
		cfg.Env = append(os.Environ(), "GO111MODULE=on", "GOWORK=off", "GOFLAGS=-mod=readonly")
	} else {
		cfg.Env = append(os.Environ(), "GO111MODULE=off", "GOPATH="+Root(tb), "GOFLAGS=")
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		tb.Fatalf("%s: %v", c.Name, err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			tb.Errorf("%s: %v", c.Name, e)
		}
	}
	if tb.Failed() {
		tb.FailNow()
	}
	return pkgs
}

// Source is the mode that gives packages as an analyzer sees them, with their
// dependencies from export data.
const Source = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
	packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes |
	packages.NeedExportFile | packages.NeedForTest | packages.NeedModule

// Types is the mode that gives the types of packages alone.
const Types = packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedExportFile
