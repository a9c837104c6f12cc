package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/internal/testrun"
	"github.com/flaghygiene/flaglint/removal"
)

// maxTestRounds bounds how often tests that went let others run that fail too,
// as after a panic.
const maxTestRounds = 5

// planByTests works a removal out with the tests as witnesses. In a copy of the
// modules it runs the tests of every package with a changed file, as they are and
// with the plan applied; with what that shows the plan is made again, until no
// test that the plan asked for is found to fail any more.
func (s *session) planByTests(targets []removal.Target, opts removal.Options) (plan *removal.Plan, err error) {
	w, err := s.newWitness()
	if err != nil {
		return nil, fmt.Errorf("--run-tests: %w", err)
	}
	defer func() {
		if w.runner != nil {
			err = errors.Join(err, w.runner.Close())
		}
	}()
	opts.Oracle = w.answer
	for range maxTestRounds {
		if plan, err = s.planWith(targets, opts); err != nil {
			return nil, err
		}
		again, err := w.look(plan)
		if err != nil {
			if s.ctx.Err() != nil {
				return nil, s.ctx.Err()
			}
			return nil, fmt.Errorf("--run-tests: %w", err)
		}
		if !again {
			if w.runner != nil {
				s.testRun = w.report()
				w.tellBroken(plan)
			}
			return plan, nil
		}
	}
	return nil, errors.New("--run-tests: each removal of failing tests shows others that fail (run without it, and look at the tests)")
}

// witness answers for tests by running them.
type witness struct {
	s        *session
	tags     [][]string
	runner   *testrun.Runner // made with the first package to run
	pkgs     []testrun.Package
	before   testrun.Results
	after    testrun.Results
	files    map[string][]byte // with which after was found
	asked    map[removal.TestID]bool
	verdicts map[removal.TestID]removal.Verdict
}

// newWitness refuses build configurations of which no test runs here.
func (s *session) newWitness() (*witness, error) {
	w := &witness{
		s: s, before: testrun.Results{}, asked: map[removal.TestID]bool{}, verdicts: map[removal.TestID]removal.Verdict{},
	}
	configs, err := s.buildConfigs()
	if err != nil {
		return nil, err
	}
	for _, c := range append(configs, s.more...) {
		if s.runsHere(c) {
			w.tags = append(w.tags, c.Tags)
		}
	}
	if len(w.tags) == 0 {
		return nil, fmt.Errorf("tests for another platform do not run here (add --build-config %s/%s)", runtime.GOOS, runtime.GOARCH)
	}
	return w, nil
}

// runsHere reports whether tests of a build configuration run on this machine.
func (s *session) runsHere(c load.BuildConfig) bool {
	goos, goarch := c.GOOS, c.GOARCH
	if goos == "" {
		goos = s.lookup("GOOS")
	}
	if goarch == "" {
		goarch = s.lookup("GOARCH")
	}
	return (goos == "" || goos == runtime.GOOS) && (goarch == "" || goarch == runtime.GOARCH)
}

// answer is the oracle of the removal.
func (w *witness) answer(id removal.TestID) removal.Verdict {
	w.asked[id] = true
	return w.verdicts[id]
}

// look runs the tests with a plan applied, and reports whether that shows what
// the plan was made without.
func (w *witness) look(plan *removal.Plan) (bool, error) {
	s := w.s
	pkgs := s.packagesOf(plan)
	if len(pkgs) == 0 {
		return false, nil
	}
	if w.runner == nil {
		done := progress(s.stderr, s.live && !s.quiet, "copying the modules")
		runner, err := testrun.New(s.ctx, testrun.Options{
			Modules: s.moduleDirs(), Work: load.Options{Dir: s.dir, Env: s.env}.Workspace(), Env: s.env, Tags: w.tags, TempDir: os.TempDir(),
		})
		done()
		if err != nil {
			return false, err
		}
		w.runner = runner
	}
	defer progress(s.stderr, s.live && !s.quiet, "running the tests")()
	if err := w.runBefore(pkgs); err != nil {
		return false, err
	}
	files := map[string][]byte{}
	for _, f := range plan.Files {
		files[f.Name] = f.After
	}
	if maps.EqualFunc(files, w.files, bytes.Equal) {
		return false, nil // it was these that the answers come from
	}
	w.files = files
	if err := w.runner.Set(files); err != nil {
		return false, err
	}
	var err error
	if w.after, err = w.runner.Run(s.ctx, pkgs); err != nil {
		return false, err
	}
	if err := w.confirm(files); err != nil {
		return false, err
	}
	changed := false
	for id := range w.asked {
		v := map[testrun.Verdict]removal.Verdict{testrun.Passes: removal.Passes, testrun.Fails: removal.Fails}[testrun.Judge(w.before, w.after, testrun.Test(id))]
		// A test that went does not come back.
		if w.verdicts[id] != removal.Fails && v != w.verdicts[id] {
			w.verdicts[id] = v
			changed = true
		}
	}
	return changed, nil
}

// runBefore runs, as they are, the tests of the packages that were not run yet.
func (w *witness) runBefore(pkgs []testrun.Package) error {
	var fresh []testrun.Package
	for _, p := range pkgs {
		if !slices.Contains(w.pkgs, p) {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := w.runner.Set(nil); err != nil {
		return err
	}
	found, err := w.runner.Run(w.s.ctx, fresh)
	if err != nil {
		return err
	}
	for t, o := range found {
		w.before[t] = o
	}
	w.pkgs = append(w.pkgs, fresh...)
	return nil
}

// confirm runs those tests again that seem to fail for the removal: one that
// then passes after it, or fails before it, is a test that fails now and then,
// and says nothing.
func (w *witness) confirm(files map[string][]byte) error {
	broken := testrun.Broken(w.before, w.after)
	if len(broken) == 0 {
		return nil
	}
	var pkgs []testrun.Package
	var only []string
	for _, t := range broken {
		for _, p := range w.pkgs {
			if p.Path == t.Package && !slices.Contains(pkgs, p) {
				pkgs = append(pkgs, p)
			}
		}
		if !slices.Contains(only, t.Top()) {
			only = append(only, t.Top())
		}
	}
	after, err := w.runner.Run(w.s.ctx, pkgs, only...)
	if err != nil {
		return err
	}
	if err := w.runner.Set(nil); err != nil {
		return err
	}
	before, err := w.runner.Run(w.s.ctx, pkgs, only...)
	if err != nil {
		return err
	}
	for _, t := range broken {
		if before[t] == testrun.Pass && after[t] == testrun.Fail {
			continue
		}
		w.s.hint("%s %s: fails now and then, with and without the removal; it is no evidence", t.Package, t.Name)
		for name := t.Name; ; {
			delete(w.before, testrun.Test{Package: t.Package, Name: name})
			i := strings.LastIndexByte(name, '/')
			if i < 0 {
				break
			}
			name = name[:i]
		}
	}
	return w.runner.Set(files)
}

// packagesOf are the packages of the files that a plan changes.
func (s *session) packagesOf(plan *removal.Plan) []testrun.Package {
	changed := map[string]bool{}
	for _, f := range plan.Files {
		changed[f.Name] = true
	}
	var out []testrun.Package
	for _, p := range s.prog.Packages {
		if !p.Main || !slices.ContainsFunc(p.GoFiles, func(name string) bool { return changed[name] }) {
			continue
		}
		t := testrun.Package{Path: p.PkgPath, Dir: filepath.Dir(p.GoFiles[0]), Module: p.Module.Dir}
		if p.ForTest != "" {
			t.Path = p.ForTest
		}
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b testrun.Package) int { return strings.Compare(a.Dir, b.Dir) })
	return out
}

func (s *session) moduleDirs() []string {
	var out []string
	for _, m := range s.prog.Modules {
		out = append(out, m.Dir)
	}
	return out
}

// report says what was run and found.
func (w *witness) report() *report.TestRun {
	out := &report.TestRun{Packages: len(w.pkgs)}
	for _, o := range w.before {
		if o == testrun.Pass {
			out.PassedBefore++
		}
	}
	for _, o := range w.after {
		if o == testrun.Pass {
			out.PassAfter++
		}
	}
	for id, v := range w.verdicts {
		if v == removal.Fails {
			out.Gone = append(out.Gone, id.Package+"."+id.Name)
		}
	}
	slices.Sort(out.Gone)
	return out
}

// tellBroken lists as residue the tests that passed before and fail after, and
// which the plan knows no reason to remove.
func (w *witness) tellBroken(plan *removal.Plan) {
	var flags []string
	for _, t := range plan.Targets {
		flags = append(flags, t.Key)
	}
	for _, t := range testrun.Broken(w.before, w.after) {
		plan.Residue = append(plan.Residue, removal.Residue{
			Flag: strings.Join(flags, ", "), Pos: w.s.testPos(t), Reason: "failing-test",
			Message: t.Name + " passed before the removal and fails after it: see what it expects",
		})
	}
}

// testPos is where the top-level test of t is declared.
func (s *session) testPos(t testrun.Test) token.Position {
	for _, p := range s.prog.Packages {
		if p.PkgPath != t.Package && p.ForTest != t.Package {
			continue
		}
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv == nil && fd.Name.Name == t.Top() {
					return s.prog.Fset.Position(fd.Name.Pos())
				}
			}
		}
	}
	return token.Position{Filename: t.Package}
}
