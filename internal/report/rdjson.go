package report

import (
	"bytes"
	"io"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
)

// The Reviewdog Diagnostic Format, whose columns are bytes, as ours are.

type rdOutput struct {
	Source      rdSource       `json:"source"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdDiagnostic struct {
	Message          string         `json:"message"`
	Location         rdLocation     `json:"location"`
	Severity         string         `json:"severity"`
	Code             rdCode         `json:"code"`
	Suggestions      []rdSuggestion `json:"suggestions,omitempty"`
	RelatedLocations []rdRelated    `json:"relatedLocations,omitempty"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdRange struct {
	Start rdPosition  `json:"start"`
	End   *rdPosition `json:"end,omitempty"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

// RDJSON writes the outcome for reviewdog, with a suggestion for each fix whose
// edits stand close enough together to be one.
func (c Check) RDJSON(w io.Writer, o Options) error {
	out := rdOutput{Source: rdSource{name, home}, Diagnostics: []rdDiagnostic{}}
	for _, f := range c.Findings {
		d := rdDiagnostic{
			Message:  o.message(f),
			Location: rdLocation{Path: o.Paths.Show(f.Pos.Filename)},
			Severity: strings.ToUpper(f.Severity.String()),
			Code:     rdCode{Value: f.Rule},
		}
		if r := analyzer.Lookup(f.Rule); r != nil {
			d.Code.URL = r.URL()
		}
		if f.Pos.Line > 0 {
			d.Location.Range = &rdRange{Start: rdPosition{f.Pos.Line, f.Pos.Column}}
			if f.End.Line > f.Pos.Line || f.End.Line == f.Pos.Line && f.End.Column > f.Pos.Column {
				d.Location.Range.End = &rdPosition{f.End.Line, f.End.Column}
			}
		}
		for _, fix := range f.Fixes {
			if s, ok := o.suggestion(fix); ok {
				d.Suggestions = append(d.Suggestions, s)
			}
		}
		for _, r := range f.Related {
			d.RelatedLocations = append(d.RelatedLocations, rdRelated{r.Message, rdLocation{
				o.Paths.Show(r.Pos.Filename), &rdRange{Start: rdPosition{r.Pos.Line, r.Pos.Column}},
			}})
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	return writeJSON(w, out)
}

// maxSuggestion is how many lines a suggestion may span: a reader of a diff does
// not want more, and reviewdog posts none outside of it.
const maxSuggestion = 60

// suggestion joins the edits of a fix into one replacement, since reviewdog takes
// each suggestion for an alternative to the others.
func (o Options) suggestion(fix analyzer.Fix) (rdSuggestion, bool) {
	if len(fix.Edits) == 0 || o.Sources == nil {
		return rdSuggestion{}, false
	}
	edits := analyzer.SortEdits(fix.Edits)
	first, last := edits[0].Start, edits[len(edits)-1].End
	src := o.Sources(first.Filename)
	if last.Line-first.Line >= maxSuggestion {
		return rdSuggestion{}, false
	}
	var b bytes.Buffer
	at := first.Offset
	for _, e := range edits {
		if e.Start.Filename != first.Filename || e.Start.Offset < at || e.End.Offset > len(src) {
			return rdSuggestion{}, false
		}
		b.Write(src[at:e.Start.Offset])
		b.WriteString(e.New)
		at = e.End.Offset
	}
	return rdSuggestion{
		rdRange{Start: rdPosition{first.Line, first.Column}, End: &rdPosition{last.Line, last.Column}}, b.String(),
	}, true
}
