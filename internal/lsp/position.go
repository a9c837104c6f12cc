package lsp

import (
	"bytes"
	"go/token"
	"sort"
	"unicode/utf8"
)

// encoding says what a character of a position is: a byte, or a UTF-16 unit.
type encoding string

const (
	utf8Encoding  encoding = "utf-8"
	utf16Encoding encoding = "utf-16"
)

// chooseEncoding takes the first that both sides know; UTF-16 is what every client
// knows and what is meant where it says nothing.
func chooseEncoding(offered []string) encoding {
	for _, name := range offered {
		if e := encoding(name); e == utf8Encoding || e == utf16Encoding {
			return e
		}
	}
	return utf16Encoding
}

// text is a document's text with the places where its lines begin.
type text struct {
	data  []byte
	lines []int
}

// newText finds the lines: \n, \r\n and \r end one, as the protocol has it.
func newText(data []byte) *text {
	t := &text{data: data, lines: []int{0}}
	for i := 0; i < len(data); i++ {
		switch {
		case data[i] == '\n', data[i] == '\r' && (i+1 == len(data) || data[i+1] != '\n'):
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// line returns the bytes of a 0-based line, without what ends it.
func (t *text) line(n int) []byte {
	if n < 0 || n >= len(t.lines) {
		return nil
	}
	end := len(t.data)
	if n+1 < len(t.lines) {
		end = t.lines[n+1]
	}
	return bytes.TrimRight(t.data[t.lines[n]:end], "\r\n")
}

// offset returns the byte that a position means. A position beyond a line's end
// means its end, one beyond the last line the end of the text.
func (t *text) offset(p position, e encoding) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(t.lines) {
		return len(t.data)
	}
	line := t.line(p.Line)
	if e == utf8Encoding {
		return t.lines[p.Line] + min(max(p.Character, 0), len(line))
	}
	units, at := 0, 0
	for at < len(line) && units < p.Character {
		r, size := utf8.DecodeRune(line[at:])
		units += unitsOf(r)
		at += size
	}
	return t.lines[p.Line] + at
}

// position returns where a byte is.
func (t *text) position(offset int, e encoding) position {
	offset = min(max(offset, 0), len(t.data))
	n := sort.SearchInts(t.lines, offset+1) - 1
	before := t.data[t.lines[n]:offset]
	if e == utf8Encoding {
		return position{n, len(before)}
	}
	units := 0
	for len(before) > 0 {
		r, size := utf8.DecodeRune(before)
		units += unitsOf(r)
		before = before[size:]
	}
	return position{n, units}
}

// span returns where the bytes from start to end are.
func (t *text) span(start, end int, e encoding) span {
	return span{t.position(start, e), t.position(end, e)}
}

// at returns the byte that a line and column mean, both 1-based, the column in
// bytes. A line of 0 is the first.
func (t *text) at(line, column int) int {
	line = min(max(line, 1), len(t.lines)) - 1
	return t.lines[line] + min(max(column, 1)-1, len(t.line(line)))
}

// between returns where something lies from one place to another.
func (t *text) between(from, to token.Position, e encoding) span {
	start, end := t.at(from.Line, from.Column), t.at(to.Line, to.Column)
	return t.span(start, max(start, end), e)
}

// unitsOf is the number of UTF-16 units of a rune.
func unitsOf(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}
