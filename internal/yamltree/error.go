package yamltree

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Error is one thing wrong in a document.
type Error struct {
	File   string
	Line   int // 1-based; 0: the file as a whole
	Column int // 1-based, in bytes
	Msg    string
}

// Error renders FILE:LINE:COL: message.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Errors are all the errors of a document, in the order of their positions.
type Errors []*Error

// Error renders one error a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the errors one by one, for errors.As.
func (es Errors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// maxErrors bounds what is kept of a file that is wrong all over: nobody reads more.
const maxErrors = 200

// Sink collects the errors of one file.
type Sink struct {
	File string
	errs Errors
	more int
}

// At records an error at the node, with the arguments of fmt.Sprintf.
func (s *Sink) At(n *Node, format string, args ...any) {
	s.Add(n.Line, n.Column, format, args...)
}

// Add records an error at a line and column; line 0 is the file as a whole.
func (s *Sink) Add(line, column int, format string, args ...any) {
	if len(s.errs) >= maxErrors {
		s.more++
		return
	}
	s.errs = append(s.errs, &Error{s.File, line, column, fmt.Sprintf(format, args...)})
}

// Len is the number of errors recorded.
func (s *Sink) Len() int { return len(s.errs) + s.more }

// Err returns nil or the Errors, sorted by position.
func (s *Sink) Err() error {
	if len(s.errs) == 0 {
		return nil
	}
	errs := slices.Clone(s.errs)
	slices.SortStableFunc(errs, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if s.more > 0 {
		last := errs[len(errs)-1]
		errs = append(errs, &Error{s.File, last.Line, last.Column, fmt.Sprintf("and %d more errors", s.more)})
	}
	return errs
}

// quote renders text for a message: quoted, on one line, and not longer than a
// message bears.
func quote(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.Quote(text)
}
