package report

import (
	"io"

	"github.com/flaghygiene/flaglint/removal"
)

type jsonRemoval struct {
	Version int           `json:"version"`
	Removed []jsonRemoved `json:"removed"`
	Residue []jsonResidue `json:"residue"`
	Notes   []jsonResidue `json:"notes"`
	// Files, Written and Leftovers are of the whole run.
	Files     []jsonFile     `json:"files"`
	Written   bool           `json:"written"`
	Leftovers []jsonLeftover `json:"leftovers"`
	// Tests is there when they were run.
	Tests *jsonTestRun `json:"tests,omitempty"`
}

type jsonTestRun struct {
	Packages     int      `json:"packages"`
	PassedBefore int      `json:"passedBefore"`
	PassAfter    int      `json:"passAfter"`
	Gone         []string `json:"gone"`
}

// jsonRemoved is one flag. Several flags removed at once share their files and
// lines: an edit is often owed to more than one of them.
type jsonRemoved struct {
	Flag       string `json:"flag"`
	Value      string `json:"value"`
	Files      int    `json:"files"`
	Insertions int    `json:"insertions"`
	Deletions  int    `json:"deletions"`
}

type jsonResidue struct {
	Flag    string `json:"flag"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

type jsonFile struct {
	File       string `json:"file"`
	Insertions int    `json:"insertions"`
	Deletions  int    `json:"deletions"`
	Deleted    bool   `json:"deleted"`
}

type jsonLeftover struct {
	Flag string `json:"flag"`
	File string `json:"file"`
	Line int    `json:"line"`
}

// JSON writes the outcome of a removal as one JSON document.
func (r Removal) JSON(w io.Writer, paths Paths) error {
	out := jsonRemoval{
		Version: version, Written: r.Written,
		Removed: []jsonRemoved{}, Files: []jsonFile{}, Leftovers: []jsonLeftover{},
		Residue: newJSONResidue(r.Plan.Residue, paths), Notes: newJSONResidue(r.Plan.Notes, paths),
	}
	insertions, deletions := Stat(r.Plan.Files)
	for _, t := range r.Plan.Targets {
		out.Removed = append(out.Removed, jsonRemoved{
			Flag: t.Key, Value: t.Value.String(),
			Files: len(r.Plan.Files), Insertions: insertions, Deletions: deletions,
		})
	}
	for _, e := range r.Plan.Files {
		plus, minus := Stat([]removal.FileEdit{e})
		out.Files = append(out.Files, jsonFile{File: paths.Show(e.Name), Insertions: plus, Deletions: minus, Deleted: e.After == nil})
	}
	for _, l := range r.Leftovers {
		out.Leftovers = append(out.Leftovers, jsonLeftover{Flag: l.Flag, File: paths.Show(l.File), Line: l.Line})
	}
	if t := r.Tests; t != nil {
		out.Tests = &jsonTestRun{Packages: t.Packages, PassedBefore: t.PassedBefore, PassAfter: t.PassAfter, Gone: append([]string{}, t.Gone...)}
	}
	return writeJSON(w, out)
}

func newJSONResidue(list []removal.Residue, paths Paths) []jsonResidue {
	out := []jsonResidue{}
	for _, r := range sortResidue(list) {
		out = append(out, jsonResidue{
			Flag: r.Flag, File: paths.Show(r.Pos.Filename), Line: r.Pos.Line, Column: r.Pos.Column,
			Reason: r.Reason, Message: r.Message,
		})
	}
	return out
}
