package removal_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

// cases holds the cases of testdata/cases, loaded once as the packages of one
// module: case x is example.com/m/x.
type cases struct {
	dir  string
	prog *removal.Program
}

var loadCases = sync.OnceValues(func() (*cases, error) { return loadAll(false) })

// loadWanted loads what the cases want: each case after its removal.
var loadWanted = sync.OnceValues(func() (*cases, error) { return loadAll(true) })

func loadAll(wanted bool) (*cases, error) {
	dir, err := os.MkdirTemp(casesRoot, "m")
	if err != nil {
		return nil, err
	}
	write := func(name string, data []byte) error {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o644)
	}
	lib, err := os.ReadFile("testdata/flags/flags.go.txt")
	if err != nil {
		return nil, err
	}
	if err := write("go.mod", []byte("module example.com/m\n\ngo 1.26\n\nrequire (\n\texample.com/other v0.0.0\n\tgithub.com/go-quicktest/qt v1.0.0\n\tgithub.com/onsi/ginkgo/v2 v2.0.0\n\tgithub.com/stretchr/testify v1.0.0\n\tgo.uber.org/mock v1.0.0\n)\n\nreplace (\n\texample.com/other => ./other\n\tgithub.com/go-quicktest/qt => ./qt\n\tgithub.com/onsi/ginkgo/v2 => ./ginkgo\n\tgithub.com/stretchr/testify => ./testify\n\tgo.uber.org/mock => ./mock\n)\n")); err != nil {
		return nil, err
	}
	for _, stub := range []struct{ path, dir, from string }{
		{"github.com/stretchr/testify", "testify/require", "testify/require"},
		{"github.com/stretchr/testify", "testify/suite", "testify/suite"},
		{"github.com/go-quicktest/qt", "qt", "qt/qt"},
		{"github.com/onsi/ginkgo/v2", "ginkgo", "ginkgo/ginkgo"},
		{"go.uber.org/mock", "mock/gomock", "mock/gomock"},
		{"example.com/other", "other", "other/other"}, // asks for the flag, and is not edited
	} {
		root, _, _ := strings.Cut(stub.dir, "/")
		if err := write(root+"/go.mod", []byte("module "+stub.path+"\n\ngo 1.26\n")); err != nil {
			return nil, err
		}
		text, err := os.ReadFile("testdata/" + stub.from + ".go.txt")
		if err != nil {
			return nil, err
		}
		if err := write(stub.dir+"/"+path.Base(stub.from)+".go", text); err != nil {
			return nil, err
		}
	}
	if err := write("flags/flags.go", lib); err != nil {
		return nil, err
	}
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			return nil, err
		}
		c := strings.TrimSuffix(filepath.Base(name), ".txtar")
		for _, f := range ar.Files {
			name, isWant := strings.CutPrefix(f.Name, "want/")
			if isWant && !wanted || !strings.HasSuffix(name, ".go") {
				continue
			}
			if isWant && len(f.Data) == 0 {
				if err := os.Remove(filepath.Join(dir, c, filepath.FromSlash(name))); err != nil {
					return nil, err
				}
				continue
			}
			if err := write(c+"/"+name, f.Data); err != nil {
				return nil, err
			}
		}
	}
	p, err := load.Load(context.Background(), load.Options{
		Dir: dir, Tests: true, Env: os.Environ(),
		Configs: []load.BuildConfig{{GOOS: "linux"}, {GOOS: "windows"}},
	})
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile("testdata/providers.yaml")
	if err != nil {
		return nil, err
	}
	specs, err := provider.Decode("providers.yaml", text)
	if err != nil {
		return nil, err
	}
	set, err := provider.NewSet(specs)
	if err != nil {
		return nil, err
	}
	an := flagref.NewAnalyzer(flagref.Config{Specs: set})
	graph, err := checker.Analyze([]*analysis.Analyzer{an}, p.Analyzable(), nil)
	if err != nil {
		return nil, err
	}
	refs := map[*packages.Package]*flagref.Result{}
	for _, a := range graph.Roots {
		if a.Err != nil {
			return nil, fmt.Errorf("%s: %w", a.Package.ID, a.Err)
		}
		refs[a.Package] = a.Result.(*flagref.Result)
	}
	return &cases{dir: dir, prog: p.Removal(refs)}, nil
}

// casesRoot is the directory that the loaded modules lie in.
var casesRoot string

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if casesRoot, err = os.MkdirTemp("", "cases"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(casesRoot)
	os.Exit(code)
}

// only returns the part of the program that is the case.
func (c *cases) only(name string) *removal.Program {
	p := &removal.Program{Fset: c.prog.Fset, Sources: c.prog.Sources, Modules: c.prog.Modules}
	for _, pkg := range c.prog.Packages {
		if pkg.Path == "example.com/m/"+name || strings.HasPrefix(pkg.Path, "example.com/m/"+name+"/") || strings.HasPrefix(pkg.Path, "example.com/m/"+name+"_test") {
			p.Packages = append(p.Packages, pkg)
		}
	}
	return p
}

// TestCases removes a flag from each case and compares with what it wants. A
// case is an archive: its comment is the command, KEY=VALUE…, and options (also
// --fails=PACKAGE.TEST,… and --passes=…: what running the tests showed); then
// come its files, want/FILE for each file that changes (empty for one that
// goes), and residue and notes, a line each: FILE:LINE reason.
func TestCases(t *testing.T) {
	t.Parallel()
	all, err := loadCases()
	require.NoError(t, err)
	names, err := filepath.Glob("testdata/cases/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			got := runCase(t, all, base, ar)
			if *update {
				require.NoError(t, os.WriteFile(name, txtar.Format(got), 0o644))
				return
			}
			assert.Equal(t, string(txtar.Format(ar)), string(txtar.Format(got)))
		})
	}
}

// TestSecondRun removes the flag again from what each case wants: nothing is
// left to change.
func TestSecondRun(t *testing.T) {
	t.Parallel()
	if *update {
		t.Skip("what the cases want is being rewritten")
	}
	all, err := loadWanted()
	require.NoError(t, err)
	names, err := filepath.Glob("testdata/cases/*.txtar")
	require.NoError(t, err)
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			if slices.ContainsFunc(ar.Files, func(f txtar.File) bool { return f.Name == "refusal" }) {
				t.Skip("refused as a whole")
			}
			prog := all.only(base)
			if len(prog.Packages) == 0 {
				return // every file went
			}
			targets, opts := command(t, ar)
			plan, err := removal.New(prog, targets, opts)
			require.NoError(t, err)
			for _, ed := range plan.Files {
				assert.Equal(t, string(ed.Before), string(ed.After), "the second run changes %s", ed.Name)
			}
		})
	}
}

// runCase returns the archive with what the removal gives.
func runCase(t *testing.T, all *cases, base string, ar *txtar.Archive) *txtar.Archive {
	t.Helper()
	targets, opts := command(t, ar)
	prog := all.only(base)
	require.NotEmpty(t, prog.Packages)
	if !strings.Contains(string(ar.Comment), "does not compile") {
		for _, pkg := range prog.Packages {
			require.Empty(t, pkg.Errors, "the case does not compile")
		}
	}
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		if !strings.HasPrefix(f.Name, "want/") && f.Name != "residue" && f.Name != "notes" && f.Name != "refusal" {
			out.Files = append(out.Files, f)
		}
	}
	plan, err := removal.New(prog, targets, opts)
	if err != nil {
		out.Files = append(out.Files, txtar.File{Name: "refusal", Data: []byte(err.Error() + "\n")})
		return out
	}
	again, err := removal.New(prog, targets, opts)
	require.NoError(t, err)
	requireSamePlan(t, plan, again)
	root := filepath.Join(all.dir, base) + string(filepath.Separator)
	for _, ed := range plan.Files {
		name := filepath.ToSlash(strings.TrimPrefix(ed.Name, root))
		out.Files = append(out.Files, txtar.File{Name: "want/" + name, Data: ed.After})
	}
	for _, l := range []struct {
		name string
		list []removal.Residue
	}{{"residue", plan.Residue}, {"notes", plan.Notes}} {
		var lines []string
		for _, r := range l.list {
			lines = append(lines, fmt.Sprintf("%s:%d %s\n", filepath.ToSlash(strings.TrimPrefix(r.Pos.Filename, root)), r.Pos.Line, r.Reason))
		}
		slices.Sort(lines)
		if len(lines) > 0 {
			out.Files = append(out.Files, txtar.File{Name: l.name, Data: []byte(strings.Join(lines, ""))})
		}
	}
	return out
}

// command reads the first line of a case.
func command(t *testing.T, ar *txtar.Archive) ([]removal.Target, removal.Options) {
	t.Helper()
	var targets []removal.Target
	var opts removal.Options
	line, _, _ := strings.Cut(string(ar.Comment), "\n")
	verdicts := map[string]removal.Verdict{}
	opts.Oracle = func(id removal.TestID) removal.Verdict { return verdicts[path.Base(id.Package)+"."+id.Name] }
	for _, f := range strings.Fields(line) {
		if list, ok := strings.CutPrefix(f, "--fails="); ok {
			for name := range strings.SplitSeq(list, ",") {
				verdicts[name] = removal.Fails
			}
			continue
		}
		if list, ok := strings.CutPrefix(f, "--passes="); ok {
			for name := range strings.SplitSeq(list, ",") {
				verdicts[name] = removal.Passes
			}
			continue
		}
		switch f {
		case "--keep-declaration":
			opts.KeepDeclaration = true
		case "--unsafe":
			opts.Unsafe = true
		default:
			key, value, ok := strings.Cut(f, "=")
			require.True(t, ok, "the first line must be KEY=VALUE…")
			v, err := registry.ParseValue(registry.TypeUnknown, value)
			require.NoError(t, err)
			targets = append(targets, removal.Target{Key: key, Value: v})
		}
	}
	return targets, opts
}

// requireSamePlan compares the plans of two runs on the same program.
func requireSamePlan(t *testing.T, a, b *removal.Plan) {
	t.Helper()
	require.Equal(t, len(a.Files), len(b.Files), "two runs change different files")
	for i := range a.Files {
		require.Equal(t, a.Files[i].Name, b.Files[i].Name)
		require.Equal(t, string(a.Files[i].After), string(b.Files[i].After), "two runs give different bytes")
	}
	require.Equal(t, a.Residue, b.Residue)
	require.Equal(t, a.Notes, b.Notes)
	require.Equal(t, a.Removed, b.Removed)
}

// TestOpposite removes each case's flags with the opposite value, or one that no
// branch names: whatever the case was made for, the result is one that compiles,
// or part of it is given up and told.
func TestOpposite(t *testing.T) {
	t.Parallel()
	all, err := loadCases()
	require.NoError(t, err)
	names, err := filepath.Glob("testdata/cases/*.txtar")
	require.NoError(t, err)
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			targets, opts := command(t, ar)
			targets = opposite(t, targets)
			prog := all.only(base)
			plan, err := removal.New(prog, targets, opts)
			require.NoError(t, err)
			again, err := removal.New(prog, targets, opts)
			require.NoError(t, err)
			requireSamePlan(t, plan, again)
			for _, ed := range plan.Files {
				t.Logf("-- %s --\n%s", ed.Name, ed.After)
			}
			for _, r := range plan.Residue {
				t.Logf("residue %s %s %s", r.Pos, r.Reason, r.Message)
			}
		})
	}
}

// opposite gives the targets other values.
func opposite(t *testing.T, targets []removal.Target) []removal.Target {
	t.Helper()
	targets = slices.Clone(targets)
	var err error
	for i := range targets {
		switch v := targets[i].Value.Any().(type) {
		case bool:
			targets[i].Value, err = registry.ParseValue(registry.TypeBool, fmt.Sprint(!v))
		case string:
			targets[i].Value, err = registry.ParseValue(registry.TypeString, "none-of-them")
		case int64:
			targets[i].Value, err = registry.ParseValue(registry.TypeInt, fmt.Sprint(v+77))
		}
		require.NoError(t, err)
	}
	return targets
}

// TestVendoredCode removes a flag from a program whose files belong to a module
// that is not to be edited.
func TestVendoredCode(t *testing.T) {
	t.Parallel()
	all, err := loadCases()
	require.NoError(t, err)
	v, err := registry.ParseValue(registry.TypeBool, "true")
	require.NoError(t, err)
	targets := []removal.Target{{Key: "new-checkout", Value: v}}
	prog := all.only("basic")
	prog.Modules = []removal.Module{{Path: "example.com/other", Dir: filepath.Join(all.dir, "other")}}
	plan, err := removal.New(prog, targets, removal.Options{})
	require.NoError(t, err)
	assert.Empty(t, plan.Files)
	assert.Empty(t, plan.Removed)
	require.NotEmpty(t, plan.Residue)
	for _, r := range plan.Residue {
		assert.Equal(t, "vendored-code", r.Reason)
	}
}
