package report

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
)

// The part of SARIF 2.1.0 (OASIS, errata 01) that is written.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool         `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	ColumnKind  string            `json:"columnKind"`
	Results     []sarifResult     `json:"results"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool `json:"executionSuccessful"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string             `json:"id"`
	ShortDescription     sarifText          `json:"shortDescription"`
	FullDescription      sarifText          `json:"fullDescription"`
	HelpURI              string             `json:"helpUri"`
	Help                 sarifText          `json:"help"`
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Level               string            `json:"level"`
	Message             sarifText         `json:"message"`
	Locations           []sarifLocation   `json:"locations"`
	RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Fixes               []sarifFix        `json:"fixes,omitempty"`
	Properties          map[string]string `json:"properties,omitempty"`
}

type sarifLocation struct {
	ID               *int           `json:"id,omitempty"`
	PhysicalLocation sarifPhysical  `json:"physicalLocation"`
	LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
	Message          *sarifText     `json:"message,omitempty"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI       string `json:"uri"`
	URIBaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type sarifFix struct {
	Description     sarifText     `json:"description"`
	ArtifactChanges []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   sarifRegion `json:"deletedRegion"`
	InsertedContent *sarifText  `json:"insertedContent,omitempty"`
}

// SARIF writes the outcome for code scanning: the rules that found something with
// their help, fingerprints that lines do not change, the registry row and other
// places as related locations, and the fixes.
func (c Check) SARIF(w io.Writer, o Options) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: name, Version: o.Version, InformationURI: home, Rules: []sarifRule{},
		}},
		Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	prints := o.fingerprints(c.Findings)
	for i, f := range c.Findings {
		rules := &run.Tool.Driver.Rules
		index := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == f.Rule })
		if index < 0 {
			index = len(*rules)
			*rules = append(*rules, newSARIFRule(f.Rule))
		}
		result := sarifResult{
			RuleID: f.Rule, RuleIndex: index, Level: sarifLevel(f.Severity),
			Message:             sarifText{Text: o.message(f)},
			Locations:           []sarifLocation{o.sarifPlace(f)},
			PartialFingerprints: map[string]string{"flaglint/v1": prints[i]},
		}
		if f.Flag != "" {
			result.Properties = map[string]string{"flag": f.Flag}
		}
		for _, r := range f.Related {
			result.RelatedLocations = append(result.RelatedLocations,
				o.sarifRelated(len(result.RelatedLocations), r.Pos.Filename, r.Pos.Line, r.Pos.Column, r.Message))
		}
		if f.Row.File != "" && (f.Row.File != f.Pos.Filename || f.Row.Line != f.Pos.Line) {
			result.RelatedLocations = append(result.RelatedLocations,
				o.sarifRelated(len(result.RelatedLocations), f.Row.File, f.Row.Line, f.Row.Column, "the flag's registry row"))
		}
		for _, fix := range f.Fixes {
			if changes := o.sarifChanges(fix); len(changes) > 0 {
				result.Fixes = append(result.Fixes, sarifFix{sarifText{Text: fix.Message}, changes})
			}
		}
		run.Results = append(run.Results, result)
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func newSARIFRule(id string) sarifRule {
	out := sarifRule{ID: id, ShortDescription: sarifText{Text: id}, FullDescription: sarifText{Text: id}, HelpURI: home, Help: sarifText{Text: id}}
	r := analyzer.Lookup(id)
	if r == nil {
		out.DefaultConfiguration.Level = "warning"
		return out
	}
	out.ShortDescription.Text = strings.ToUpper(r.Title[:1]) + r.Title[1:] + "."
	out.FullDescription.Text = r.Summary()
	out.HelpURI = r.URL()
	out.Help = sarifText{Text: r.Summary() + "\n\n" + r.URL(), Markdown: r.Page()}
	out.DefaultConfiguration.Level = sarifLevel(r.Severity)
	return out
}

func sarifLevel(s analyzer.Severity) string {
	switch s {
	case analyzer.SeverityError:
		return "error"
	case analyzer.SeverityWarning:
		return "warning"
	}
	return "note"
}

func (o Options) sarifPlace(f analyzer.Finding) sarifLocation {
	out := sarifLocation{PhysicalLocation: sarifPhysical{
		ArtifactLocation: o.sarifFile(f.Pos.Filename),
		Region:           o.sarifRegion(f.Pos.Filename, f.Pos.Line, f.Pos.Column, f.End.Line, f.End.Column),
	}}
	if f.Function != "" {
		out.LogicalLocations = []sarifLogical{{f.Function, "function"}}
	}
	return out
}

func (o Options) sarifRelated(id int, file string, line, column int, message string) sarifLocation {
	return sarifLocation{
		ID: &id,
		PhysicalLocation: sarifPhysical{
			ArtifactLocation: o.sarifFile(file), Region: o.sarifRegion(file, line, column, 0, 0),
		},
		Message: &sarifText{Text: message},
	}
}

// sarifFile names a file by a URI: relative to the source root, or as it is where
// it has no place below that.
func (o Options) sarifFile(file string) sarifArtifact {
	shown := o.Paths.Show(file)
	if path.IsAbs(shown) {
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: shown}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: shown}).EscapedPath(), URIBaseID: "%SRCROOT%"}
}

// sarifRegion is a part of a file; nil where no line is known.
func (o Options) sarifRegion(file string, line, column, endLine, endColumn int) *sarifRegion {
	if line == 0 {
		return nil
	}
	r := &sarifRegion{StartLine: line, StartColumn: o.utf16Column(file, line, column)}
	if endLine > line || endLine == line && endColumn > column {
		r.EndLine, r.EndColumn = endLine, o.utf16Column(file, endLine, endColumn)
	}
	return r
}

// sarifChanges are the edits of a fix, file by file.
func (o Options) sarifChanges(fix analyzer.Fix) []sarifChange {
	var out []sarifChange
	for _, e := range fix.Edits {
		file := o.sarifFile(e.Start.Filename)
		i := slices.IndexFunc(out, func(c sarifChange) bool { return c.ArtifactLocation == file })
		if i < 0 {
			i = len(out)
			out = append(out, sarifChange{ArtifactLocation: file})
		}
		r := sarifReplacement{DeletedRegion: sarifRegion{
			StartLine: e.Start.Line, StartColumn: o.utf16Column(e.Start.Filename, e.Start.Line, e.Start.Column),
			EndLine: e.End.Line, EndColumn: o.utf16Column(e.End.Filename, e.End.Line, e.End.Column),
		}}
		if e.New != "" {
			r.InsertedContent = &sarifText{Text: e.New}
		}
		out[i].Replacements = append(out[i].Replacements, r)
	}
	return out
}
