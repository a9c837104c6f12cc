package main

import (
	"bytes"
	"cmp"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/gittag"
	"github.com/flaghygiene/flaglint/internal/report"
)

// reportEndings are the formats by the ending of the file that they are written to.
var reportEndings = map[string]string{".md": "markdown", ".csv": "csv", ".ics": "ical", ".html": "html", ".htm": "html"}

// reportNames are other names of formats.
var reportNames = map[string]string{"md": "markdown", "ics": "ical", "icalendar": "ical"}

func newReport(w world) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:   "report [packages]",
		Short: "report for people what is to be done about each flag, and by when",
		Long: "Report which flags should be gone, which are due, whose they are and what is found\n" +
			"about them: as a page (html), as Markdown, as a table for a spreadsheet (csv), or as\n" +
			"a calendar with the day of each flag (ical). The ending of --output chooses, where\n" +
			"--format is left out. What it finds does not change the exit code.",
		Args: cobra.ArbitraryArgs,
	}
	o.addLoad(c)
	o.addCache(c)
	o.addOutput(c, "html", "markdown", "csv", "ical")
	prev := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if !c.Flags().Changed("format") {
			o.format = cmp.Or(reportEndings[strings.ToLower(filepath.Ext(o.output))], o.format)
		}
		o.format = cmp.Or(reportNames[o.format], o.format)
		return prev(c, args)
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		s, err := newSession(c, w, o, args)
		if err != nil {
			return err
		}
		return s.report()
	}
	return c
}

// report checks the packages and writes what it means for each flag.
func (s *session) report() error {
	suite, err := s.suite(nil, analyzer.SeverityWarning)
	if err != nil {
		return err
	}
	if err := s.findFlags(suite, false); err != nil {
		return err
	}
	broken := s.tellLoadErrors()
	today, err := s.today(s.world)
	if err != nil {
		return err
	}
	if s.settings.Registry == nil {
		s.hint("no registry is named, so that the report knows no owner and no day (flaglint init writes a first one)")
	}
	debt := report.NewDebt(s.inventory(), report.DebtOptions{
		Name: s.name(), Today: today, NextVersion: gittag.NextVersion(s.ctx, s.dir), Policy: suite.Policy(),
		Findings: suite.Finish(s.packages, analyzer.Scope{Whole: s.prog.Whole && !broken, Tests: s.tests}), Paths: s.paths,
	})
	var b bytes.Buffer
	switch s.format {
	case "markdown":
		err = debt.Markdown(&b)
	case "csv":
		err = debt.CSV(&b)
	case "ical":
		err = debt.Calendar(&b)
	default:
		err = debt.HTML(&b)
	}
	if err != nil {
		return err
	}
	if err := s.writeOutput(s.world, s.dir, b.Bytes()); err != nil {
		return err
	}
	if broken {
		return codeError(exitError)
	}
	return nil
}

// name is what the session is about: its modules, or else its directory.
func (s *session) name() string {
	var names []string
	for _, m := range s.prog.Modules {
		names = append(names, m.Path)
	}
	if len(names) == 0 {
		return filepath.Base(s.dir)
	}
	return strings.Join(names, ", ")
}
