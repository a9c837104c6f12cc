package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/analyzer"
)

// TextOptions say how text for people looks.
type TextOptions struct {
	Color   bool
	Quiet   bool // no summary
	Paths   Paths
	Sources func(file string) []byte // content of a file by absolute name; nil where unknown
}

// tabWidth is what a tab of a source line is shown as.
const tabWidth = 4

// Text writes the outcome of a check for people: grouped by file, each finding
// with its source line, the registry row and the command that mends it.
func (c Check) Text(w io.Writer, opts TextOptions) error {
	b := bufio.NewWriter(w)
	t := &textWriter{Writer: b, style: style(opts.Color), opts: opts}
	file := ""
	for _, f := range c.Findings {
		if name := opts.Paths.Show(f.Pos.Filename); name != file {
			if file != "" {
				fmt.Fprintln(t)
			}
			file = name
			fmt.Fprintln(t, t.style.paint(bold, name))
		}
		t.finding(f)
	}
	if !opts.Quiet {
		if len(c.Findings) > 0 {
			fmt.Fprintln(t)
		}
		t.summary(c)
	}
	return b.Flush()
}

type textWriter struct {
	io.Writer
	style style
	opts  TextOptions
}

func (t *textWriter) finding(f analyzer.Finding) {
	place := itoa(f.Pos.Line)
	if f.Pos.Column > 0 {
		place += ":" + itoa(f.Pos.Column)
	}
	fmt.Fprintf(t, "  %s  %s  %s  %s\n", place, t.style.paint(severityColor(f.Severity), f.Severity.String()),
		f.Message, t.style.paint(dim, f.Rule))
	margin := strings.Repeat(" ", len(itoa(f.Pos.Line))+3)
	bar := t.style.paint(dim, "|")
	if text, caret, ok := t.excerpt(f); ok {
		fmt.Fprintf(t, "%s%s\n", margin, bar)
		fmt.Fprintf(t, "  %s %s %s\n", t.style.paint(dim, itoa(f.Pos.Line)), bar, text)
		fmt.Fprintf(t, "%s%s %s\n", margin, bar, t.style.paint(severityColor(f.Severity), caret))
	}
	note := func(name, text string) {
		fmt.Fprintf(t, "%s%s %s\n", margin, t.style.paint(dim, "= "+name+":"), text)
	}
	for _, r := range f.Related {
		note("see", position(t.opts.Paths.Show(r.Pos.Filename), r.Pos.Line, r.Pos.Column)+": "+r.Message)
	}
	if f.Row.File != "" && (f.Row.File != f.Pos.Filename || f.Row.Line != f.Pos.Line) {
		note("registry", position(t.opts.Paths.Show(f.Row.File), f.Row.Line, 0))
	}
	if f.Mend != "" {
		note("mend", f.Mend)
	}
}

// excerpt returns the source line of a finding, tabs expanded, and the carets
// below what the finding is about.
func (t *textWriter) excerpt(f analyzer.Finding) (text, caret string, ok bool) {
	if t.opts.Sources == nil || f.Pos.Line == 0 || f.Pos.Column == 0 {
		return "", "", false
	}
	line, ok := lineOf(t.opts.Sources(t.opts.Paths.Abs(f.Pos.Filename)), f.Pos.Line)
	if !ok || f.Pos.Column-1 > len(line) || len(line) > 500 || !utf8.Valid(line) {
		return "", "", false
	}
	start, end := f.Pos.Column-1, len(line)
	if f.End.Line == f.Pos.Line && f.End.Column > f.Pos.Column && f.End.Column-1 <= len(line) {
		end = f.End.Column - 1
	} else if f.End.Line <= f.Pos.Line {
		end = start + 1
	}
	indent := len(line) - len(bytes.TrimLeft(line, " \t"))
	indent = min(indent, start)
	before, about := expand(line[indent:start]), expand(line[start:min(end, len(line))])
	about = strings.TrimRight(about, " ")
	return strings.TrimRight(expand(line[indent:]), " "),
		strings.Repeat(" ", utf8.RuneCountInString(before)) + strings.Repeat("^", max(1, utf8.RuneCountInString(about))), true
}

func expand(s []byte) string {
	return strings.ReplaceAll(string(s), "\t", strings.Repeat(" ", tabWidth))
}

// lineOf returns line n (1-based) of src without its end.
func lineOf(src []byte, n int) ([]byte, bool) {
	for line := range bytes.Lines(src) {
		if n--; n == 0 {
			return bytes.TrimRight(line, "\r\n"), true
		}
	}
	return nil, false
}

func (t *textWriter) summary(c Check) {
	var parts []string
	for _, s := range severities {
		if n := c.count(s); n > 0 {
			one, many := s.String(), s.String()+"s"
			if s == analyzer.SeverityInfo {
				many = one
			}
			parts = append(parts, t.style.paint(severityColor(s), plural(n, one, many)))
		}
	}
	found := "Nothing found"
	if len(parts) > 0 {
		found = plural(len(c.Findings), "finding", "findings") + " (" + strings.Join(parts, ", ") + ")"
	}
	fmt.Fprintf(t, "%s in %s and %s: %s, %s.\n", found,
		plural(c.Packages, "package", "packages"), plural(c.Files, "file", "files"),
		plural(c.Flags, "flag", "flags"), plural(c.References, "reference", "references"))
}
