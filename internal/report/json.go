package report

import (
	"encoding/json"
	"io"

	"github.com/flaghygiene/flaglint/analyzer"
)

// version is the version of every JSON output.
const version = 1

// The shapes below are the contract that scripts read; fields are only added.

type jsonCheck struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
}

type jsonFinding struct {
	Rule      string        `json:"rule"`
	Severity  string        `json:"severity"`
	Flag      string        `json:"flag"`
	Message   string        `json:"message"`
	File      string        `json:"file"`
	Line      int           `json:"line"`
	Column    int           `json:"column"`
	EndLine   int           `json:"endLine"`
	EndColumn int           `json:"endColumn"`
	Registry  *jsonPlace    `json:"registry,omitempty"`
	Mend      string        `json:"mend,omitempty"`
	Related   []jsonRelated `json:"related"`
	Fixes     []jsonFix     `json:"fixes"`
}

type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonFix struct {
	Message string `json:"message"`
	Safety  string `json:"safety"`
}

type jsonSummary struct {
	Packages   int            `json:"packages"`
	Files      int            `json:"files"`
	Flags      int            `json:"flags"`
	References int            `json:"references"`
	Findings   map[string]int `json:"findings"`
}

// JSON writes the outcome of a check as one JSON document.
func (c Check) JSON(w io.Writer, paths Paths) error {
	out := jsonCheck{
		Version:  version,
		Findings: []jsonFinding{},
		Summary: jsonSummary{
			Packages: c.Packages, Files: c.Files, Flags: c.Flags, References: c.References,
			Findings: map[string]int{},
		},
	}
	for _, s := range severities {
		if n := c.count(s); n > 0 {
			out.Summary.Findings[s.String()] = n
		}
	}
	for _, f := range c.Findings {
		out.Findings = append(out.Findings, newJSONFinding(f, paths))
	}
	return writeJSON(w, out)
}

func newJSONFinding(f analyzer.Finding, paths Paths) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule, Severity: f.Severity.String(), Flag: f.Flag, Message: f.Message,
		File: paths.Show(f.Pos.Filename), Line: f.Pos.Line, Column: f.Pos.Column,
		EndLine: f.End.Line, EndColumn: f.End.Column,
		Mend:    f.Mend,
		Related: []jsonRelated{}, Fixes: []jsonFix{},
	}
	if f.Row.File != "" {
		out.Registry = &jsonPlace{File: paths.Show(f.Row.File), Line: f.Row.Line, Column: f.Row.Column}
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, jsonRelated{
			File: paths.Show(r.Pos.Filename), Line: r.Pos.Line, Column: r.Pos.Column, Message: r.Message,
		})
	}
	for _, fix := range f.Fixes {
		out.Fixes = append(out.Fixes, jsonFix{Message: fix.Message, Safety: string(fix.Safety)})
	}
	return out
}

// writeJSON writes an indented document with a newline, leaving <, > and & as
// they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
