package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/removal"
)

// Removal is the outcome of `flaglint remove` and `flaglint fix`.
type Removal struct {
	Plan *removal.Plan
	// Written says that the files are on disk; else the plan was only shown.
	Written bool
	// Leftovers are places in files that are not Go code where a removed key
	// still stands.
	Leftovers []Leftover
	// Tests is what running the tests showed; nil when they were not run.
	Tests *TestRun
	// Next are sentences on what to do now.
	Next []string
}

// TestRun is the outcome of the tests of the changed packages, which ran before
// and after the removal, in a copy. Subtests count as tests.
type TestRun struct {
	Packages     int
	PassedBefore int
	PassAfter    int
	// Gone are the tests that went since they fail without the dead state.
	Gone []string
}

// Leftover is a line of a file that is not edited and names a removed flag.
type Leftover struct {
	Flag string
	File string // absolute
	Line int
}

// kindNames are the singular and plural of removal.Removed.Kind, in the order in
// which a summary lists them.
var kindNames = []struct{ kind, one, many string }{
	{"file", "file", "files"},
	{"test", "test", "tests"},
	{"func", "function", "functions"},
	{"method", "method", "methods"},
	{"type", "type", "types"},
	{"field", "field", "fields"},
	{"param", "parameter", "parameters"},
	{"var", "variable", "variables"},
	{"const", "constant", "constants"},
}

// Text writes the outcome for people.
func (r Removal) Text(w io.Writer, opts TextOptions) error {
	b := bufio.NewWriter(w)
	s := style(opts.Color)
	insertions, deletions := Stat(r.Plan.Files)
	if len(r.Plan.Files) == 0 {
		fmt.Fprintln(b, "Nothing to remove: no file changes.")
	} else if !opts.Quiet {
		verb := "Changed"
		if !r.Written {
			verb = "Would change"
		}
		fmt.Fprintf(b, "%s %s: %s, %s.\n", verb, plural(len(r.Plan.Files), "file", "files"),
			s.paint(bold, "+"+itoa(insertions)), s.paint(bold, "-"+itoa(deletions)))
		for _, e := range r.Plan.Files {
			plus, minus := Stat([]removal.FileEdit{e})
			gone := ""
			if e.After == nil {
				gone = "  deleted"
			}
			fmt.Fprintf(b, "  %s  +%d -%d%s\n", opts.Paths.Show(e.Name), plus, minus, gone)
		}
		r.removed(b)
	}
	if t := r.Tests; t != nil && !opts.Quiet {
		fmt.Fprintf(b, "Tests of %s, run in a copy: %d passed before, %d pass after.\n",
			plural(t.Packages, "changed package", "changed packages"), t.PassedBefore, t.PassAfter)
		for _, name := range t.Gone {
			fmt.Fprintf(b, "  %s went: it fails without the state that is gone\n", name)
		}
	}
	r.list(b, s.paint(yellow, "Residue")+", to be done by hand:", r.Plan.Residue, opts)
	r.list(b, s.paint(blue, "Notes")+", to be looked at:", r.Plan.Notes, opts)
	if len(r.Leftovers) > 0 {
		fmt.Fprintln(b, "Still named in files that are not Go code:")
		for _, l := range r.Leftovers {
			fmt.Fprintf(b, "  %s:%d: %s\n", opts.Paths.Show(l.File), l.Line, l.Flag)
		}
	}
	if !opts.Quiet {
		for _, next := range r.Next {
			fmt.Fprintf(b, "Next: %s\n", next)
		}
	}
	return b.Flush()
}

// removed tells what went, by kind: "Removed: 2 functions (a, b), 1 test (TestX)".
func (r Removal) removed(w io.Writer) {
	byKind := map[string][]string{}
	for _, d := range r.Plan.Removed {
		byKind[d.Kind] = append(byKind[d.Kind], d.Name)
	}
	var parts []string
	for _, k := range kindNames {
		names := byKind[k.kind]
		if len(names) == 0 {
			continue
		}
		slices.Sort(names)
		parts = append(parts, fmt.Sprintf("%s (%s)", plural(len(names), k.one, k.many), strings.Join(names, ", ")))
		delete(byKind, k.kind)
	}
	rest := make([]string, 0, len(byKind))
	for kind := range byKind {
		rest = append(rest, kind)
	}
	slices.Sort(rest)
	for _, kind := range rest {
		parts = append(parts, fmt.Sprintf("%s %s", kind, strings.Join(byKind[kind], ", ")))
	}
	if len(parts) > 0 {
		fmt.Fprintf(w, "Removed: %s.\n", strings.Join(parts, ", "))
	}
}

func (r Removal) list(w io.Writer, head string, list []removal.Residue, opts TextOptions) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(w, head)
	for _, res := range sortResidue(list) {
		of := ""
		if res.Flag != "" { // else it may be any
			of = res.Flag + ": "
		}
		fmt.Fprintf(w, "  %s: %s%s (%s)\n",
			position(opts.Paths.Show(res.Pos.Filename), res.Pos.Line, res.Pos.Column), of, res.Message, res.Reason)
	}
}

func sortResidue(list []removal.Residue) []removal.Residue {
	return slices.SortedStableFunc(slices.Values(list), func(a, b removal.Residue) int {
		return cmp.Or(cmp.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Flag, b.Flag), cmp.Compare(a.Reason, b.Reason))
	})
}
