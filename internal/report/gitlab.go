package report

import (
	"io"

	"github.com/flaghygiene/flaglint/analyzer"
)

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"`
}

// GitLab writes the outcome as a GitLab Code Quality report, the part of Code
// Climate's format that GitLab reads.
func (c Check) GitLab(w io.Writer, o Options) error {
	out := []gitlabIssue{}
	prints := o.fingerprints(c.Findings)
	for i, f := range c.Findings {
		issue := gitlabIssue{
			Description: o.message(f), CheckName: f.Rule, Fingerprint: prints[i], Severity: "info",
			Location: gitlabLocation{Path: o.Paths.Show(f.Pos.Filename), Lines: gitlabLines{Begin: max(1, f.Pos.Line)}},
		}
		switch f.Severity {
		case analyzer.SeverityError:
			issue.Severity = "major"
		case analyzer.SeverityWarning:
			issue.Severity = "minor"
		}
		if f.End.Line > f.Pos.Line {
			issue.Location.Lines.End = f.End.Line
		}
		out = append(out, issue)
	}
	return writeJSON(w, out)
}
