package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Want is a finding that a comment announces, in a Go file or in flags.yaml:
//
//	code // want "regular expression" `another`
//	// want(-1) `found on the line above`
type Want struct {
	File string
	Line int
	Re   *regexp.Regexp
}

func (w Want) String() string { return fmt.Sprintf("%s:%d: %s", filepath.Base(w.File), w.Line, w.Re) }

// wantComment matches what announces a finding on its line, or so many lines from it.
var wantComment = regexp.MustCompile(`(?://|#) want(?:\(([+-]\d+)\))? (.*)`)

func wantsOf(tb testing.TB, file string) []Want {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	var out []Want
	for i, line := range strings.Split(string(data), "\n") {
		m := wantComment.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		shift, _ := strconv.Atoi(m[1]) // none is no shift
		for text := strings.TrimSpace(m[2]); text != ""; text = strings.TrimSpace(text) {
			quoted, err := strconv.QuotedPrefix(text)
			if err != nil {
				tb.Fatalf("%s:%d: %s: %v", file, i+1, text, err)
			}
			pattern, err := strconv.Unquote(quoted)
			if err != nil {
				tb.Fatal(err)
			}
			re, err := regexp.Compile(pattern)
			if err != nil {
				tb.Fatal(err)
			}
			out = append(out, Want{file, i + 1 + shift, re})
			text = text[len(quoted):]
		}
	}
	return out
}

// Found is a finding that is held against what is announced.
type Found struct {
	File         string
	Line, Column int
	Message      string
}

// Differences tells what was found and not announced, and what was announced and
// not found: each finding takes one comment.
func Differences(wants []Want, found []Found) []string {
	wants = slices.Clone(wants)
	var out []string
	for _, f := range found {
		i := slices.IndexFunc(wants, func(w Want) bool {
			return w.File == f.File && w.Line == f.Line && w.Re.MatchString(f.Message)
		})
		if i < 0 {
			out = append(out, fmt.Sprintf("not announced: %s:%d:%d: %s", filepath.Base(f.File), f.Line, f.Column, f.Message))
			continue
		}
		wants = slices.Delete(wants, i, i+1)
	}
	for _, w := range wants {
		out = append(out, "not found: "+w.String())
	}
	return out
}
