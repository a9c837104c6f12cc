package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/removal"
)

// editOptions are the flags that commands which change files share.
type editOptions struct {
	diff            bool
	allowDirty      bool
	unsafe          bool
	keepDeclaration bool
	runTests        bool
}

func (o *editOptions) add(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&o.diff, "diff", false, "print a unified diff and write nothing")
	f.BoolVar(&o.allowDirty, "allow-dirty", false, "also change files with uncommitted changes")
	f.BoolVar(&o.unsafe, "unsafe", false, "also change what other modules or reflection may use")
	f.BoolVar(&o.keepDeclaration, "keep-declaration", false, "leave the flag's declaration for a later release")
	f.BoolVar(&o.runTests, "run-tests", false, "run the tests of changed packages in a temporary copy, before and after: what fails only without the flag's dead state goes")
}

func newRemove(w world) *cobra.Command {
	var o options
	var e editOptions
	c := &cobra.Command{
		Use:   "remove KEY=VALUE... [packages]",
		Short: "remove flags, whatever their state in the registry",
		Args:  cobra.ArbitraryArgs,
	}
	o.addLoad(c)
	o.addCache(c)
	o.addOutput(c, "text", "json")
	e.add(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		asked, patterns, err := splitTargets(args)
		if err != nil {
			return err
		}
		if e.diff && o.format == "json" {
			return errors.New("--diff and --format json exclude each other (a diff is text)")
		}
		s, err := newSession(c, w, o, patterns)
		if err != nil {
			return err
		}
		return s.remove(asked, e)
	}
	return c
}

// asked is KEY=VALUE as the user wrote it.
type asked struct{ key, value string }

// splitTargets tells the flags to remove from the packages.
func splitTargets(args []string) ([]asked, []string, error) {
	var flags []asked
	var patterns []string
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		switch {
		case !ok:
			patterns = append(patterns, arg)
		case key == "":
			return nil, nil, fmt.Errorf("%q names no flag (want KEY=VALUE)", arg)
		case slices.ContainsFunc(flags, func(a asked) bool { return a.key == key }):
			return nil, nil, fmt.Errorf("flag %q is given twice", key)
		default:
			flags = append(flags, asked{key, value})
		}
	}
	if len(flags) == 0 {
		return nil, nil, errors.New("no flag is named (want flaglint remove KEY=VALUE... [packages], with the value that everyone gets)")
	}
	return flags, patterns, nil
}

func (s *session) remove(flags []asked, e editOptions) error {
	if err := s.findParts(); err != nil {
		return err
	}
	inventory := s.inventory()
	var targets []removal.Target
	for _, a := range flags {
		t, err := s.target(inventory, a)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	if s.tellLoadErrors() {
		s.hint("packages with errors are left as they are")
	}
	plan, err := s.plan(targets, e)
	if err != nil {
		return err
	}
	return s.carryOut(plan, e)
}

// target reads the value as one of the flag's type, and refuses one of another
// type. A key that is not there is no error, since a removal can be run again,
// but it is told.
func (s *session) target(inventory report.Inventory, a asked) (removal.Target, error) {
	i := slices.IndexFunc(inventory.Flags, func(f report.Flag) bool { return f.Key == a.key })
	t := registry.TypeUnknown
	if i >= 0 {
		t = inventory.Flags[i].Type
	} else if s.unregistered != nil && s.unregistered(a.key) {
		s.hint("flag %q is referenced nowhere: what the environment or the command line gives is a flag where a registry has it (add %q to it)", a.key, a.key)
	} else if near := nearest(inventory, a.key); near != "" {
		s.hint("flag %q is referenced nowhere%s (did you mean %q?)", a.key, s.elsewhere(), near)
	} else {
		s.hint("flag %q is referenced nowhere%s", a.key, s.elsewhere())
	}
	v, err := registry.ParseValue(t, a.value)
	if err != nil {
		return removal.Target{}, fmt.Errorf("%s=%s: %w", a.key, a.value, err)
	}
	return removal.Target{Key: a.key, Value: v}, nil
}

// elsewhere says where nobody looked for references.
func (s *session) elsewhere() string {
	if len(s.prog.Errors) > 0 {
		return " but, it may be, in the packages that have errors"
	}
	return ""
}

// nearest is the flag that is likely meant by a key that is none.
func nearest(inventory report.Inventory, key string) string {
	flags := make([]*registry.Flag, 0, len(inventory.Flags))
	for _, f := range inventory.Flags {
		flags = append(flags, &registry.Flag{Key: f.Key})
	}
	reg, err := registry.New(flags...)
	if err != nil {
		return ""
	}
	if near := reg.Nearest(key); len(near) > 0 {
		return near[0]
	}
	return ""
}

// diffPaths is how a diff names files: as everything does, or, where some are outside
// of the directory, as other modules of a workspace are, from the top of the checkout.
// git apply takes no path that begins with two dots.
func (s *session) diffPaths(plan *removal.Plan) report.Paths {
	outside := func(f removal.FileEdit) bool { return strings.HasPrefix(s.paths.Show(f.Name), "../") }
	if !slices.ContainsFunc(plan.Files, outside) {
		return s.paths
	}
	top := s.top()
	s.hint("the diff changes files outside of this directory: apply it in %s", top)
	return report.Paths{Dir: top}
}

// carryOut shows or writes a plan.
func (s *session) carryOut(plan *removal.Plan, e editOptions) error {
	if e.diff {
		var b bytes.Buffer
		if err := report.Diff(&b, plan.Files, s.diffPaths(plan), executable); err != nil {
			return err
		}
		if err := s.writeOutput(s.world, s.dir, b.Bytes()); err != nil {
			return err
		}
		if s.testRun != nil {
			for _, name := range s.testRun.Gone {
				s.hint("%s goes: it fails without the state that is gone", name)
			}
		}
		for _, r := range plan.Residue {
			s.hint("%s:%d:%d: %s (%s)", s.paths.Show(r.Pos.Filename), r.Pos.Line, r.Pos.Column, r.Text(), r.Reason)
		}
		return residueCode(plan)
	}
	if !e.allowDirty {
		if err := s.refuseDirty(plan); err != nil {
			return err
		}
	}
	if err := plan.Apply(s.ctx); err != nil {
		if all, ok := err.(interface{ Unwrap() []error }); ok && len(all.Unwrap()) > 1 {
			return partError{err} // nor was it undone
		}
		return err
	}
	outcome := report.Removal{Plan: plan, Written: len(plan.Files) > 0, Leftovers: s.leftovers(plan), Tests: s.testRun, Next: s.next(plan, e)}
	var b bytes.Buffer
	var err error
	if s.format == "json" {
		err = outcome.JSON(&b, s.paths)
	} else {
		err = outcome.Text(&b, s.textOptions())
	}
	if err != nil {
		return err
	}
	if err := s.writeOutput(s.world, s.dir, b.Bytes()); err != nil {
		return err
	}
	return residueCode(plan)
}

func residueCode(plan *removal.Plan) error {
	if len(plan.Residue) > 0 {
		return codeError(exitFindings)
	}
	return nil
}

// refuseDirty refuses a plan that changes files with uncommitted changes.
func (s *session) refuseDirty(plan *removal.Plan) error {
	names := make([]string, 0, len(plan.Files))
	for _, f := range plan.Files {
		names = append(names, f.Name)
	}
	dirty, err := uncommitted(s.ctx, names)
	if err != nil {
		return err
	}
	var errs []error
	for _, name := range dirty {
		errs = append(errs, fmt.Errorf("%s: has uncommitted changes (commit or stash them, or give --allow-dirty)", s.paths.Show(name)))
	}
	return errors.Join(errs...)
}

// next says what is to be done after a removal.
func (s *session) next(plan *removal.Plan, e editOptions) []string {
	if len(plan.Files) == 0 {
		return nil
	}
	all := "./..."
	if (load.Options{Dir: s.dir, Env: s.env}).Workspace() != "" {
		all = "work" // at its root there may be no module
	}
	out := []string{"look at the changes (git diff) and run the tests (go test " + all + ")."}
	if !e.runTests && slices.ContainsFunc(plan.Residue, func(r removal.Residue) bool { return r.Reason == "dead-state-test" }) {
		out = append(out, "or undo them and run again with --run-tests, which finds out which tests go.")
	}
	var runtime []string
	providers := map[string]bool{}
	for _, t := range plan.Targets {
		if f := s.settings.Registry.Lookup(t.Key); f != nil && f.Runtime {
			runtime = append(runtime, fmt.Sprintf("%s in %s", t.Key, f.Source))
		}
		for _, pkg := range s.packages {
			for _, r := range pkg.Sites {
				if r.Key == t.Key && r.Kind == flagref.Evaluation {
					providers[r.Provider] = true
				}
			}
		}
	}
	switch {
	case len(runtime) > 0:
		out = append(out, "deploy, then archive "+strings.Join(runtime, ", ")+".")
	case len(providers) > 0:
		var keys []string
		for _, t := range plan.Targets {
			keys = append(keys, t.Key)
		}
		out = append(out, "deploy, then archive "+strings.Join(keys, ", ")+" where the running program gets its flags.")
	}
	return out
}
