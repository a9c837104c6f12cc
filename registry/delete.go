package registry

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// DeleteRow returns the text of a native registry, YAML or JSON, without the row
// of a flag. Every other byte stays, but for
//
//   - comments that belong to the row: inside it, and directly above it without a
//     blank line between;
//   - a blank line that would be left doubled, or at the start or end of the rows;
//   - the {} that `flags:` needs when its last row goes.
//
// Requirements of other flags stay. Name names the file in errors. It refuses a
// file that does not parse, a flag that the file does not have, and a row that it
// cannot cut out cleanly: the result is parsed, and must have lost that flag and
// nothing else.
func DeleteRow(name string, data []byte, key string) ([]byte, error) {
	before, err := Native().Parse(name, data)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(before, func(f *Flag) bool { return f.Key == key })
	if at < 0 {
		return nil, fmt.Errorf("%s: has no flag %q", name, key)
	}
	root, err := yamltree.Parse(name, data)
	if err != nil {
		return nil, err
	}
	const bom = "\xef\xbb\xbf"
	text, marked := strings.CutPrefix(string(data), bom)
	d := &deletion{text: text, lines: yamltree.Lines(text), root: root, rows: root.Get("flags"), index: at}
	cuts, ok := d.cuts()
	refusal := fmt.Errorf("%s: the row of flag %q cannot be cut out without touching others (delete it by hand)", before[at].Source, key)
	if !ok {
		return nil, refusal
	}
	result := apply(text, cuts)
	if marked {
		result = bom + result
	}
	after, err := Native().Parse(name, []byte(result))
	if err != nil || !sameFlags(slices.Delete(before, at, at+1), after) {
		return nil, refusal
	}
	return []byte(result), nil
}

// sameFlags reports whether both lists say the same, wherever it stands.
func sameFlags(a, b []*Flag) bool {
	return slices.EqualFunc(a, b, func(f, g *Flag) bool {
		return reflect.DeepEqual(f.unplaced(), g.unplaced())
	})
}

func (f *Flag) unplaced() Flag {
	bare := *f
	bare.Source = Position{}
	bare.Fields = make(map[string]Position, len(f.Fields))
	for name := range f.Fields {
		bare.Fields[name] = Position{}
	}
	bare.Requires = slices.Clone(f.Requires)
	for i := range bare.Requires {
		bare.Requires[i].Pos = Position{}
	}
	return bare
}

// cut replaces the bytes from start to end.
type cut struct {
	start, end int
	with       string
}

// apply makes the cuts, which are in order and apart from each other.
func apply(text string, cuts []cut) string {
	var b strings.Builder
	last := 0
	for _, c := range cuts {
		b.WriteString(text[last:c.start])
		b.WriteString(c.with)
		last = c.end
	}
	b.WriteString(text[last:])
	return b.String()
}

// deletion is the row at index of rows, in a text.
type deletion struct {
	text  string
	lines []yamltree.Line
	root  *yamltree.Node
	rows  *yamltree.Node
	index int
}

func (d *deletion) cuts() ([]cut, bool) {
	if d.rows.Flow {
		return d.flowCuts()
	}
	return d.blockCuts()
}

// content is line n (from 1) without its line break.
func (d *deletion) content(n int) string {
	return d.text[d.lines[n-1].Start:d.lines[n-1].End]
}

func (d *deletion) blank(n int) bool { return strings.TrimSpace(d.content(n)) == "" }

func (d *deletion) comment(n int) bool {
	return strings.HasPrefix(strings.TrimSpace(d.content(n)), "#")
}

// indent is the number of spaces that line n begins with.
func (d *deletion) indent(n int) int {
	return len(d.content(n)) - len(strings.TrimLeft(d.content(n), " "))
}

// blockCuts cuts out the lines of a row that has its key on a line of its own.
func (d *deletion) blockCuts() ([]cut, bool) {
	key := d.rows.Entries[d.index].Key
	if strings.TrimSpace(d.content(key.Line)[:key.Column-1]) != "" {
		return nil, false
	}
	indent := key.Column - 1
	end := d.end()
	last := key.Line
	for n := key.Line + 1; n < end; n++ {
		if text := d.content(n); strings.HasPrefix(text, "...") || strings.HasPrefix(text, "---") {
			end = n
			break
		}
		// What is indented more is of the row, comments too. A comment that is not
		// is inside only if more of the row follows.
		if !d.blank(n) && (d.indent(n) > indent || !d.comment(n)) {
			last = n
		}
	}
	first := key.Line
	for first > 1 && d.comment(first-1) && d.indent(first-1) <= indent && first-1 > d.above() {
		first--
	}
	first, last = d.withBlank(first, last, end)
	cuts := []cut{{d.lines[first-1].Start, d.lines[last-1].Next, ""}}
	if len(d.rows.Entries) > 1 {
		return cuts, true
	}
	colon := d.flagsColon()
	if colon < 0 {
		return nil, false
	}
	return append([]cut{{colon + 1, colon + 1, " {}"}}, cuts...), true
}

// end is the line on which what follows the row begins: the next row, the next
// top-level key, or the line behind the last.
func (d *deletion) end() int {
	if d.index+1 < len(d.rows.Entries) {
		return d.rows.Entries[d.index+1].Key.Line
	}
	end := len(d.lines) + 1
	for _, e := range d.root.Entries {
		if e.Key.Line > d.rows.Entries[d.index].Key.Line {
			end = min(end, e.Key.Line)
		}
	}
	return end
}

// above is the last line before the row that is not its own to take: the key of
// the row before it, or the line of `flags:`.
func (d *deletion) above() int {
	if d.index > 0 {
		return d.rows.Entries[d.index-1].Key.Line
	}
	return d.flagsKey().Line
}

func (d *deletion) flagsKey() *yamltree.Node {
	for _, e := range d.root.Entries {
		if e.Key.Text == "flags" {
			return e.Key
		}
	}
	return d.root
}

// withBlank takes blank lines into the cut that would be left doubled, or at the
// start or end of the rows.
func (d *deletion) withBlank(first, last, end int) (int, int) {
	atStart := first-1 <= d.above() && d.index == 0
	atEnd := last+1 >= end && end > len(d.lines)
	for n := last + 1; n <= len(d.lines) && !atEnd; n++ {
		if d.lines[n-1].Start == len(d.text) {
			atEnd = true // the empty line behind the last line break
		} else if !d.blank(n) {
			break
		}
	}
	switch {
	case atEnd:
		for first-1 > d.above() && d.blank(first-1) {
			first--
		}
	case atStart || d.blank(first-1):
		for last+1 < end && d.blank(last+1) {
			last++
		}
	}
	return first, last
}

// flagsColon is the offset of the colon behind the key `flags`, or -1.
func (d *deletion) flagsColon() int {
	key := d.flagsKey()
	start := d.lines[key.Line-1].Start + key.Column - 1
	i := strings.Index(d.text[start:d.lines[key.Line-1].End], ":")
	if i < 0 {
		return -1
	}
	return start + i
}
