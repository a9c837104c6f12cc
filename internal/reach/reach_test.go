package reach_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

var update = flag.Bool("update", false, "rewrite what the archives say of the packages that are looked into")

// system is the flag system of the archives, and one that stands for other packages
// which have nothing to do with any flag.
const (
	system    = "package flags\n\nfunc Enabled(key string) bool { return len(key) > 100 }\n\nfunc Set(key string, on bool) {}\n"
	bystander = "package bystander\n\nfunc Idle() int { return 1 }\n"
	spec      = "name: flags\nfunctions:\n  - {name: example.com/m/flags.Enabled, key: 0}\noverrides:\n  - {name: example.com/m/flags.Set, key: 0, value: 1}\n"
)

// TestParts removes the flag "new" from the module of each archive, with both values, from the packages that
// it reaches and from all, and requires the same. The last line of an archive's
// comment says how many packages are looked into in the end, for true and for false,
// of how many.
func TestParts(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			unsafe := strings.Contains(string(ar.Comment), "--unsafe")
			m := loadModule(t, ar)
			var looked []string
			all := 0
			for _, on := range []bool{true, false} {
				targets := []removal.Target{{Key: "new", Value: registry.Bool(on)}}
				opts := removal.Options{Unsafe: unsafe}
				whole, err := removal.New(m.whole.Removal(m.refs), targets, opts)
				require.NoError(t, err)
				in := 0
				part, err := reach.NewFinder(m.listing, m.found, nil).Plan(context.Background(), targets, opts, func(i, a int) { in, all = i, a })
				require.NoError(t, err)
				assert.Equal(t, show(m.dir, whole), show(m.dir, part), "new=%v", on)
				looked = append(looked, fmt.Sprint(in))
			}
			line := fmt.Sprintf("%s of %d", strings.Join(looked, ", "), all)
			lines := strings.Split(strings.TrimSpace(string(ar.Comment)), "\n")
			if *update {
				lines[len(lines)-1] = line
				ar.Comment = []byte(strings.Join(lines, "\n") + "\n\n")
				require.NoError(t, os.WriteFile(name, txtar.Format(ar), 0o644))
				return
			}
			assert.Equal(t, lines[len(lines)-1], line)
		})
	}
}

// show renders a plan, with names below the module's directory.
func show(dir string, plan *removal.Plan) string {
	var b strings.Builder
	for _, f := range plan.Files {
		fmt.Fprintf(&b, "-- %s --\n%s", f.Name, f.After)
	}
	for _, list := range [][]removal.Residue{plan.Residue, plan.Notes} {
		for _, r := range list {
			fmt.Fprintf(&b, "%s %s %s\n", r.Pos, r.Reason, r.Message)
		}
	}
	fmt.Fprintln(&b, plan.Removed)
	return strings.ReplaceAll(b.String(), dir, "")
}

// module is an archive's, loaded as a whole and found by the search that is remembered.
type module struct {
	dir     string
	whole   *load.Program
	refs    map[*packages.Package]*flagref.Result
	listing *load.Listing
	found   *recall.Result
}

func loadModule(t *testing.T, ar *txtar.Archive) *module {
	t.Helper()
	ctx := context.Background()
	m := &module{dir: t.TempDir()}
	files := slices.Concat(ar.Files, []txtar.File{
		{Name: "go.mod", Data: []byte("module example.com/m\n\ngo 1.26\n")},
		{Name: "flags/flags.go", Data: []byte(system)}, {Name: "bystander/bystander.go", Data: []byte(bystander)},
	})
	for _, f := range files {
		name := filepath.Join(m.dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
	}
	specs, err := provider.Decode("spec.yaml", []byte(spec))
	require.NoError(t, err)
	suite, err := analyzer.New(analyzer.Config{Specs: specs})
	require.NoError(t, err)
	opts := load.Options{Dir: m.dir, Tests: true, Env: os.Environ()}
	env, err := load.ReadEnvironment(ctx, opts)
	require.NoError(t, err)
	m.listing, err = load.List(ctx, opts)
	require.NoError(t, err)
	m.found, err = recall.Run(ctx, recall.Options{
		Listing: m.listing, Env: env, Suite: suite, RefsOnly: true, Store: recall.None(),
		Reading: func(func(string) ([]byte, error)) {}, Check: func(*load.Package) error { return nil },
	})
	require.NoError(t, err)
	m.whole, err = load.Load(ctx, opts)
	require.NoError(t, err)
	require.Empty(t, m.whole.Errors)
	graph, err := checker.Analyze([]*analysis.Analyzer{suite.References()}, m.whole.Analyzable(), nil)
	require.NoError(t, err)
	m.refs = map[*packages.Package]*flagref.Result{}
	for _, act := range graph.Roots {
		require.NoError(t, act.Err)
		m.refs[act.Package] = act.Result.(*flagref.Result)
	}
	return m
}
