package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/live"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/internal/report"
)

// newCheck makes the command that lints, which is also what flaglint does
// without a command.
func newCheck(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "check [packages]",
		Short: "lint the flags of packages (the default command)",
		Args:  cobra.ArbitraryArgs,
	}
	var p parts
	c.Flags().StringVar(&p.shard, "shard", "", "look at the part `INDEX/COUNT` of the packages, and write what is found to the --output file, for flaglint merge")
	lint(c, w, &p)
	return c
}

// lint makes a command lint.
func lint(c *cobra.Command, w world, p *parts) {
	var o options
	var failOn string
	var rules []string
	o.addLoad(c)
	o.addCache(c)
	var formats []string
	for _, f := range report.CheckFormats() {
		formats = append(formats, f.Name)
	}
	o.addOutput(c, formats...)
	var outputs outputFiles
	outputs.add(c)
	var a adoption
	a.add(c)
	c.Flags().StringVar(&o.prefix, "path-prefix", "", "put `PATH` before the names of files, such as the module's directory in its repository")
	c.Flags().StringVar(&failOn, "fail-on", "warning", "exit with 1 on findings of this `SEVERITY` or worse: error, warning, info, never")
	c.Flags().StringSliceVar(&rules, "rules", nil, "run only these rules")
	c.RunE = func(c *cobra.Command, args []string) error {
		least, err := parseFailOn(failOn)
		if err != nil {
			return err
		}
		if err := a.check(); err != nil {
			return err
		}
		if err := mistaken(c, args); err != nil {
			return err
		}
		shard, err := p.parse(o, outputs, a)
		if err != nil {
			return err
		}
		s, err := newSession(c, w, o, p.take(args))
		if err != nil {
			return err
		}
		s.outputs, s.adoption = outputs.files, a
		s.shard, s.shardFiles = shard, p.files
		s.paths.Prefix = o.prefix
		return s.check(rules, least)
	}
}

// check lints and shows the findings.
func (s *session) check(only []string, failOn analyzer.Severity) error {
	suite, err := s.suite(only, min(failOn, analyzer.SeverityWarning))
	if err != nil {
		return err
	}
	if err := s.findFlags(suite, false); err != nil {
		return err
	}
	if s.shard != (recall.Shard{}) {
		return s.writeShard()
	}
	if s.settings.Registry == nil {
		s.hint("no registry is named, so %d of %d rules run (flaglint init writes a first one)", len(suite.Running()), len(analyzer.Rules()))
	}
	if s.verbose {
		var names []string
		for _, r := range suite.Running() {
			names = append(names, r.Rule.Name)
		}
		s.hint("rules: %s", strings.Join(names, ", "))
	}
	broken := s.tellLoadErrors()
	findings := suite.Finish(s.packages, analyzer.Scope{Whole: s.prog.Whole && !broken, Tests: s.tests})
	if findings, err = s.dropHidden(findings); err != nil {
		return err
	}
	if s.adoption.write {
		if broken {
			return codeError(exitError)
		}
		return s.writeBaseline(findings)
	}
	complete := s.prog.Whole && !broken && len(only) == 0
	if findings, err = s.beyondBaseline(findings, complete); err != nil {
		return err
	}
	if findings, err = s.onlyNew(findings); err != nil {
		return err
	}
	outcome := s.outcome(findings)
	if err := s.writeCheck(outcome); err != nil {
		return err
	}
	switch {
	case broken:
		return codeError(exitError)
	case worst(findings) >= failOn:
		return codeError(exitFindings)
	}
	return nil
}

// dropHidden takes out what is told of flags that nothing references, where a Go
// file that no build configuration of this run holds names the flag.
func (s *session) dropHidden(findings []analyzer.Finding) ([]analyzer.Finding, error) {
	kept, hidden, err := live.DropHidden(findings, s.prog.Unloaded, os.ReadFile)
	if err != nil {
		return nil, err
	}
	for _, h := range hidden {
		s.hint("flag %q is named in %s, which is built under another configuration (--build-config)", h.Flag, s.paths.Show(h.File))
	}
	return kept, nil
}

// outcome counts what was looked at.
func (s *session) outcome(findings []analyzer.Finding) report.Check {
	inventory := s.inventory()
	out := report.Check{Findings: findings, Flags: len(inventory.Flags), References: len(inventory.Dynamic)}
	for _, f := range inventory.Flags {
		out.References += len(f.References)
	}
	packages, files := map[string]bool{}, map[string]bool{}
	for _, p := range s.roots() {
		packages[strings.TrimSuffix(p.PkgPath, "_test")] = true
		for _, f := range p.GoFiles {
			files[f] = true
		}
	}
	out.Packages, out.Files = len(packages), len(files)
	return out
}

// worst is the highest severity of the findings, off if there are none.
func worst(findings []analyzer.Finding) analyzer.Severity {
	out := analyzer.SeverityOff
	for _, f := range findings {
		out = max(out, f.Severity)
	}
	return out
}
