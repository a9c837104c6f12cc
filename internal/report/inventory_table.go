package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// Table writes the inventory for people, a line a flag with the counts of its
// references (READS: evaluations outside of tests; TESTS: what tests have of any
// kind) and the place of the first evaluation, or of the first reference if nothing
// evaluates it.
func (inv Inventory) Table(w io.Writer, opts TextOptions) error {
	head := []string{"FLAG", "TYPE", "STATE", "KIND", "OWNER", "EXPIRES", "READS", "TESTS", "FIRST"}
	lines := [][]string{head}
	references := 0
	for _, f := range inv.Flags {
		row := f.row()
		state := string(row.State)
		if f.Row == nil {
			state = "unregistered"
		}
		reads, tests := f.counts()
		lines = append(lines, []string{
			f.Key, dash(string(f.Type)), dash(state), dash(string(row.Kind)), dash(row.Owner), dash(row.Expires.String()),
			itoa(reads), itoa(tests), f.first(opts.Paths),
		})
		references += len(f.References)
	}
	b := bufio.NewWriter(w)
	if len(inv.Flags) > 0 {
		writeTable(b, style(opts.Color), lines)
	}
	if len(inv.Dynamic) > 0 {
		fmt.Fprintf(b, "\n%s whose key is not known at build time:\n", plural(len(inv.Dynamic), "evaluation", "evaluations"))
		for _, r := range inv.Dynamic {
			fmt.Fprintf(b, "  %s  %s\n", position(opts.Paths.Show(r.Pos.Filename), r.Pos.Line, r.Pos.Column), r.Provider)
		}
	}
	inv.writeHistory(b)
	if !opts.Quiet {
		if len(inv.Flags)+len(inv.Dynamic) > 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "%s, %s.\n", plural(len(inv.Flags), "flag", "flags"),
			plural(references+len(inv.Dynamic), "reference", "references"))
	}
	return b.Flush()
}

// writeHistory lists what changed, where the inventory has a history.
func (inv Inventory) writeHistory(w io.Writer) {
	for _, f := range inv.Flags {
		if len(f.History) == 0 {
			continue
		}
		fmt.Fprintf(w, "\nHistory of %s:\n", f.Key)
		for _, c := range f.History {
			fmt.Fprintf(w, "  %s  %s: %s\n", c.Time.Format(time.DateOnly), c.Source, c)
		}
	}
}

// first is the place that a person would look at.
func (f Flag) first(paths Paths) string {
	if len(f.References) == 0 {
		return "-"
	}
	i := slices.IndexFunc(f.References, func(r Reference) bool { return r.Kind == flagref.Evaluation && !r.Test })
	r := f.References[max(i, 0)]
	return position(paths.Show(r.Pos.Filename), r.Pos.Line, 0)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// writeTable aligns columns by two spaces; the first line is the head.
func writeTable(w io.Writer, style style, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, line := range lines {
		var b strings.Builder
		for i, cell := range line {
			b.WriteString(cell)
			if i < len(line)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		text := strings.TrimRight(b.String(), " ")
		if n == 0 {
			text = style.paint(bold, text)
		}
		fmt.Fprintln(w, text)
	}
}
