package registry

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// flowRow is a row of a map in braces, as offsets: the key starts at start, the
// value ends at end, and at stop stands the comma behind it or the closing brace.
type flowRow struct {
	start, end, stop int
	comma            bool
}

// flowCuts cuts a row out of a map in braces, which is what JSON has.
func (d *deletion) flowCuts() ([]cut, bool) {
	rows := make([]flowRow, len(d.rows.Entries))
	for i, e := range d.rows.Entries {
		var ok bool
		if rows[i], ok = d.flowRow(e.Key); !ok {
			return nil, false
		}
	}
	row := rows[d.index]
	if len(rows) == 1 {
		open := d.offset(d.rows)
		if strings.TrimSpace(d.text[open+1:row.start]+d.text[row.end:row.stop]) == "" && !row.comma {
			return []cut{{open + 1, row.stop, ""}}, true
		}
	}
	out := d.rowCut(row)
	if row.comma || d.index == 0 {
		return []cut{out}, true
	}
	// The row before becomes the last one and loses its comma.
	comma := rows[d.index-1].stop
	if between := d.text[comma+1 : out.start]; strings.Trim(between, " \t") == "" {
		return []cut{{comma, out.end, ""}}, true
	}
	return []cut{{comma, comma + 1, ""}, out}, true
}

// rowCut is a row with its comma: the whole lines, with the comments directly
// above, where it has lines of its own, or else the text with the spaces behind.
func (d *deletion) rowCut(row flowRow) cut {
	end := row.end
	if row.comma {
		end = row.stop + 1
	}
	first, last := d.lineOf(row.start), d.lineOf(end)
	head := d.text[d.lines[first-1].Start:row.start]
	tail := strings.TrimSpace(d.text[end:d.lines[last-1].End])
	if strings.TrimSpace(head) == "" && (tail == "" || strings.HasPrefix(tail, "#")) {
		for first-1 > d.above() && d.comment(first-1) {
			first--
		}
		return cut{d.lines[first-1].Start, d.lines[last-1].Next, ""}
	}
	if row.comma {
		for end < len(d.text) && (d.text[end] == ' ' || d.text[end] == '\t') {
			end++
		}
	}
	return cut{row.start, end, ""}
}

func (d *deletion) offset(n *yamltree.Node) int { return d.lines[n.Line-1].Start + n.Column - 1 }

func (d *deletion) lineOf(offset int) int {
	n := 1
	for n < len(d.lines) && d.lines[n].Start <= offset {
		n++
	}
	return n
}

// flowRow finds the end of the row with that key. It knows brackets, quotes and
// comments; a plain text can hold none of what matters but quotes, which count
// only where a value begins.
func (d *deletion) flowRow(key *yamltree.Node) (flowRow, bool) {
	row := flowRow{start: d.offset(key)}
	depth, begins := 0, true
	for i := row.start; i < len(d.text); i++ {
		switch c := d.text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '#' && (i == 0 || strings.IndexByte(" \t\r\n", d.text[i-1]) >= 0):
			for i+1 < len(d.text) && d.text[i+1] != '\n' && d.text[i+1] != '\r' {
				i++
			}
			continue
		case begins && (c == '"' || c == '\''):
			if i = closingQuote(d.text, i); i < 0 {
				return row, false
			}
			begins = false
		case c == '{' || c == '[':
			depth++
			begins = true
		case depth > 0 && (c == '}' || c == ']'):
			depth--
			begins = false
		case depth == 0 && (c == ',' || c == '}'):
			row.stop, row.comma = i, c == ','
			return row, true
		default:
			begins = c == ',' || c == ':'
		}
		row.end = i + 1
	}
	return row, false
}

// closingQuote is the offset of the quote that closes the one at open, or -1.
func closingQuote(text string, open int) int {
	quote := text[open]
	for i := open + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i
		}
	}
	return -1
}
