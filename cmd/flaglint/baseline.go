package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/baseline"
	"github.com/flaghygiene/flaglint/internal/settings"
)

// adoption are the flags of check that leave findings out which are not new.
type adoption struct {
	baseline string
	write    bool
	rev      string
}

func (a *adoption) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.baseline, "baseline", "", "leave out the findings that `FILE` has, and tell which of them are gone")
	f.BoolVar(&a.write, "write-baseline", false, "write the findings to the --baseline file instead of showing them")
	f.StringVar(&a.rev, "new-from-rev", "", "show only findings on lines, or of registry rows, that changed since the commit `REV`, committed or not")
}

func (a *adoption) check() error {
	switch {
	case a.write && a.baseline == "":
		return errors.New("--write-baseline: no file is named (add --baseline FILE)")
	case a.write && a.rev != "":
		return errors.New("--write-baseline and --new-from-rev exclude each other (a baseline is of all findings)")
	}
	return nil
}

// baselinePaths says where the baseline is, and how it names files.
func (s *session) baselinePaths() (file string, show func(string) string) {
	file = s.paths.Abs(s.adoption.baseline)
	return file, baseline.Show(s.paths, file)
}

// writeBaseline makes the findings the baseline.
func (s *session) writeBaseline(findings []analyzer.Finding) error {
	file, show := s.baselinePaths()
	data, err := baseline.New(findings, show).Format()
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return fmt.Errorf("--baseline: %w", err)
	}
	s.hint("%d findings are in %s now", len(findings), s.adoption.baseline)
	return nil
}

// beyondBaseline leaves out what the baseline has. What is gone is told where the
// run has seen everything.
func (s *session) beyondBaseline(findings []analyzer.Finding, complete bool) ([]analyzer.Finding, error) {
	if s.adoption.baseline == "" {
		return findings, nil
	}
	file, show := s.baselinePaths()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: the baseline does not exist (add --write-baseline to write it)", s.adoption.baseline)
	} else if err != nil {
		return nil, fmt.Errorf("%s: the baseline cannot be read: %w", s.adoption.baseline, settings.Cause(err))
	}
	known, err := baseline.Parse(s.adoption.baseline, data)
	if err != nil {
		return nil, err
	}
	fresh, gone := known.Filter(findings, show)
	if n := len(findings) - len(fresh); n > 0 {
		s.hint("%d findings are left out, which %s has", n, s.adoption.baseline)
	}
	if complete {
		for _, k := range gone.Keys() {
			s.hint("%s: no longer found: %s (%d of %d; --write-baseline takes it out)", s.adoption.baseline, k, gone[k], known[k])
		}
	}
	return fresh, nil
}
