package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/flaghygiene/flaglint/internal/linediff"
	"github.com/flaghygiene/flaglint/removal"
)

// Diff writes the changes to files as a unified diff that `git apply` takes in
// the directory of paths. mode tells whether a file is executable, which the
// deletion of one must name; nil: none is.
func Diff(w io.Writer, edits []removal.FileEdit, paths Paths, executable func(name string) bool) error {
	var b bytes.Buffer
	for _, e := range edits {
		name := paths.Show(e.Name)
		before, after := linediff.Split(e.Before), linediff.Split(e.After)
		hunks := hunks(before, after)
		if len(hunks) == 0 && e.After != nil {
			continue
		}
		fmt.Fprintf(&b, "diff --git %s %s\n", quote("a/"+name), quote("b/"+name))
		to := quote("b/" + name)
		if e.After == nil {
			mode := "100644"
			if executable != nil && executable(e.Name) {
				mode = "100755"
			}
			fmt.Fprintf(&b, "deleted file mode %s\n", mode)
			to = "/dev/null"
		}
		if len(hunks) > 0 {
			fmt.Fprintf(&b, "--- %s\n+++ %s\n", quote("a/"+name), to)
		}
		for _, h := range hunks {
			h.write(&b, before, after)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// quote renders a name as git does: in quotes if it has bytes that need it.
func quote(name string) string {
	plain := true
	for i := range len(name) {
		c := name[i]
		plain = plain && c >= 0x20 && c < 0x7f && c != '"' && c != '\\'
	}
	if plain {
		return name
	}
	b := []byte{'"'}
	for i := range len(name) {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20 || c >= 0x7f:
			b = fmt.Appendf(b, "\\%03o", c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

// Stat returns the lines that changes add and take.
func Stat(edits []removal.FileEdit) (insertions, deletions int) {
	for _, e := range edits {
		for _, c := range linediff.Changes(linediff.Split(e.Before), linediff.Split(e.After)) {
			insertions += c.BEnd - c.BStart
			deletions += c.AEnd - c.AStart
		}
	}
	return insertions, deletions
}

// context is the number of unchanged lines around a change.
const context = 3

// hunk is a run of changes whose contexts touch.
type hunk struct{ changes []linediff.Change }

func hunks(a, b [][]byte) []hunk {
	var out []hunk
	for _, c := range linediff.Changes(a, b) {
		if n := len(out) - 1; n >= 0 {
			if last := out[n].changes[len(out[n].changes)-1]; c.AStart-last.AEnd <= 2*context {
				out[n].changes = append(out[n].changes, c)
				continue
			}
		}
		out = append(out, hunk{changes: []linediff.Change{c}})
	}
	return out
}

func (h hunk) write(w *bytes.Buffer, a, b [][]byte) {
	first, last := h.changes[0], h.changes[len(h.changes)-1]
	before := min(context, first.AStart)
	after := min(context, len(a)-last.AEnd)
	aStart, aEnd := first.AStart-before, last.AEnd+after
	bStart, bEnd := first.BStart-before, last.BEnd+after
	fmt.Fprintf(w, "@@ -%s +%s @@\n", extent(aStart, aEnd), extent(bStart, bEnd))
	at := aStart
	for _, c := range h.changes {
		writeLines(w, ' ', a[at:c.AStart])
		writeLines(w, '-', a[c.AStart:c.AEnd])
		writeLines(w, '+', b[c.BStart:c.BEnd])
		at = c.AEnd
	}
	writeLines(w, ' ', a[at:aEnd])
}

// extent renders lines start to end (0-based, half open) as hunk heads do.
func extent(start, end int) string {
	switch end - start {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return itoa(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, end-start)
}

func writeLines(w *bytes.Buffer, mark byte, lines [][]byte) {
	for _, line := range lines {
		w.WriteByte(mark)
		w.Write(line)
		if !bytes.HasSuffix(line, []byte("\n")) {
			w.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
