package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flaghygiene/flaglint/analyzer"
)

// Options say how the outcome of a check is written.
type Options struct {
	TextOptions
	Version string // of flaglint, where a format names it
}

// CheckFormat is a way in which the outcome of a check is written.
type CheckFormat struct {
	Name  string
	Doc   string // who reads it, in a few words
	Write func(Check, io.Writer, Options) error
}

// CheckFormats returns the formats, in the order in which they are documented.
func CheckFormats() []CheckFormat {
	return []CheckFormat{
		{"text", "people", func(c Check, w io.Writer, o Options) error { return c.Text(w, o.TextOptions) }},
		{"json", "scripts", func(c Check, w io.Writer, o Options) error { return c.JSON(w, o.Paths) }},
		{"sarif", "code scanning (SARIF 2.1.0)", Check.SARIF},
		{"github", "annotations of GitHub Actions", Check.GitHub},
		{"gitlab", "GitLab Code Quality, which is Code Climate's format", Check.GitLab},
		{"checkstyle", "Checkstyle readers", Check.Checkstyle},
		{"junit", "JUnit readers", Check.JUnit},
		{"rdjson", "reviewdog, with suggestions", Check.RDJSON},
		{"markdown", "a comment on a pull request", Check.Markdown},
	}
}

// name and home are how outputs call the program.
const (
	name = "flaglint"
	home = "https://github.com/flaghygiene/flaglint"
)

// message is what a finding says where an output has one text for everything.
func (o Options) message(f analyzer.Finding) string {
	if f.Row.File != "" {
		f.Row.File = o.Paths.Show(f.Row.File)
	}
	return f.Text()
}

// fingerprints identify findings across changes of the code around them: by rule,
// flag, file and enclosing function, and among equals by their order. Lines do
// not count.
func (o Options) fingerprints(findings []analyzer.Finding) []string {
	seen := map[string]int{}
	out := make([]string, len(findings))
	for i, f := range findings {
		key := strings.Join([]string{f.Rule, f.Flag, o.Paths.Show(f.Pos.Filename), f.Function}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		seen[key]++
		out[i] = hex.EncodeToString(sum[:16])
	}
	return out
}

// utf16Column turns a column in bytes into one in UTF-16 code units. Where the
// line is not known, it is taken to be ASCII.
func (o Options) utf16Column(file string, line, column int) int {
	if o.Sources == nil || column <= 1 {
		return column
	}
	text, ok := lineOf(o.Sources(o.Paths.Abs(file)), line)
	if !ok || column-1 > len(text) || !utf8.Valid(text[:column-1]) {
		return column
	}
	n := 1
	for _, r := range string(text[:column-1]) {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
