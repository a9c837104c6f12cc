package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/removal"
)

func newFix(w world) *cobra.Command {
	var o options
	var e editOptions
	c := &cobra.Command{
		Use:   "fix [packages]",
		Short: "apply the safe fixes: remove retired flags, fold redundant checks",
		Args:  cobra.ArbitraryArgs,
	}
	o.addLoad(c)
	o.addCache(c)
	o.addOutput(c, "text", "json")
	e.add(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if e.diff && o.format == "json" {
			return errors.New("--diff and --format json exclude each other (a diff is text)")
		}
		s, err := newSession(c, w, o, args)
		if err != nil {
			return err
		}
		return s.fix(e)
	}
	return c
}

// fix removes the retired flags, applies the safe fixes of what is then found,
// and writes the outcome of both at once.
func (s *session) fix(e editOptions) error {
	suite, err := s.suite(nil, analyzer.SeverityInfo)
	if err != nil {
		return err
	}
	if err := s.findPartsBy(suite, false); err != nil {
		return err
	}
	if s.tellLoadErrors() {
		s.hint("packages with errors are left as they are")
	}
	plan := &removal.Plan{}
	targets := s.retired()
	if len(targets) == 0 && !slices.ContainsFunc(suite.Finish(s.packages, analyzer.Scope{Whole: s.prog.Whole, Tests: s.tests}), fixable) {
		return s.carryOut(plan, e)
	}
	if len(targets) > 0 {
		plan, err = s.plan(targets, e)
		if err != nil {
			return err
		}
	}
	broken := len(s.prog.Errors)
	edited, before, err := s.applyFixes(suite, plan)
	if err != nil {
		return err
	}
	if len(s.prog.Errors) > broken {
		return fmt.Errorf("the fixes would not type-check: %w (nothing was written)", s.prog.Errors[0])
	}
	for _, name := range slices.Sorted(maps.Keys(edited)) {
		i := slices.IndexFunc(plan.Files, func(f removal.FileEdit) bool { return f.Name == name })
		if i < 0 {
			plan.Files = append(plan.Files, removal.FileEdit{Name: name, Before: before[name], After: edited[name]})
		} else {
			plan.Files[i].After = edited[name]
		}
	}
	slices.SortFunc(plan.Files, func(a, b removal.FileEdit) int { return cmp.Compare(a.Name, b.Name) })
	return s.carryOut(plan, e)
}

// retired are the flags that were retired and are still in the code.
func (s *session) retired() []removal.Target {
	var out []removal.Target
	for _, f := range s.inventory().Flags {
		if f.IsLeftover() {
			out = append(out, removal.Target{Key: f.Key, Value: *f.Row.Value})
		}
	}
	return out
}

// fixable reports whether a finding has a safe fix.
func fixable(f analyzer.Finding) bool {
	return slices.ContainsFunc(f.Fixes, func(fix analyzer.Fix) bool { return fix.Safety == analyzer.Safe })
}

// maxFixRounds bounds how often fixing shows more to fix.
const maxFixRounds = 20

// applyFixes applies the safe fixes in memory, round by round, on top of a plan,
// and returns the files that they change, and what those of them held that the plan does not
// change. The session's program is then that of the outcome.
func (s *session) applyFixes(suite *analyzer.Suite, plan *removal.Plan) (edited, before map[string][]byte, err error) {
	overlay := map[string][]byte{}
	for _, f := range plan.Files {
		if !strings.HasSuffix(f.Name, ".go") {
			continue
		}
		overlay[f.Name] = f.After
		if f.After == nil { // the go command still lists it
			overlay[f.Name] = packageClause(f.Before)
		}
	}
	edited, before = map[string][]byte{}, map[string][]byte{}
	for range maxFixRounds {
		if err := s.load(s.patterns, overlay); err != nil {
			return nil, nil, err
		}
		if err := s.analyze(suite); err != nil {
			return nil, nil, err
		}
		findings := suite.Finish(s.packages, analyzer.Scope{Whole: s.prog.Whole, Tests: s.tests})
		changed := editsOf(findings, s.prog.Sources)
		if len(changed) == 0 {
			return edited, before, nil
		}
		for name := range changed {
			if _, ok := overlay[name]; !ok {
				before[name] = s.prog.Sources[name]
			}
		}
		maps.Copy(overlay, changed)
		maps.Copy(edited, changed)
	}
	return nil, nil, errors.New("the fixes do not come to an end (please report this; nothing was written)")
}

// editsOf applies the safe fix of each finding to the files, as far as fixes do
// not overlap: what is left out is found again in the next round.
func editsOf(findings []analyzer.Finding, sources map[string][]byte) map[string][]byte {
	var taken []analyzer.Edit
	for _, f := range findings {
		i := slices.IndexFunc(f.Fixes, func(fix analyzer.Fix) bool { return fix.Safety == analyzer.Safe })
		if i < 0 || slices.ContainsFunc(f.Fixes[i].Edits, func(e analyzer.Edit) bool {
			return sources[e.Start.Filename] == nil || slices.ContainsFunc(taken, func(t analyzer.Edit) bool { return overlap(t, e) })
		}) {
			continue
		}
		taken = append(taken, f.Fixes[i].Edits...)
	}
	byFile := map[string][]analyzer.Edit{}
	for _, e := range taken {
		byFile[e.Start.Filename] = append(byFile[e.Start.Filename], e)
	}
	out := map[string][]byte{}
	for name, edits := range byFile {
		slices.SortFunc(edits, func(a, b analyzer.Edit) int { return cmp.Compare(a.Start.Offset, b.Start.Offset) })
		var b []byte
		at := 0
		for _, e := range edits {
			b = append(append(b, sources[name][at:e.Start.Offset]...), e.New...)
			at = e.End.Offset
		}
		out[name] = append(b, sources[name][at:]...)
	}
	return out
}

// packageClause is what is left of a file that is to be deleted.
func packageClause(src []byte) []byte {
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.PackageClauseOnly)
	if err != nil {
		return src
	}
	return []byte("package " + f.Name.Name + "\n")
}

func overlap(a, b analyzer.Edit) bool {
	return a.Start.Filename == b.Start.Filename && a.Start.Offset <= b.End.Offset && b.Start.Offset <= a.End.Offset
}
