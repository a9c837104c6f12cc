// Package baseline knows findings that a team has decided to live with for now:
// it hides them from a check, and tells which of them are gone.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/report"
)

// Key is what findings are known by. A line is no part of it, so that code may
// move.
type Key struct {
	Rule     string `json:"rule"`
	Flag     string `json:"flag,omitempty"`
	Path     string `json:"path"` // slash-separated, relative to the baseline's directory
	Function string `json:"function,omitempty"`
}

// String says what and where, for messages.
func (k Key) String() string {
	var b strings.Builder
	b.WriteString(k.Rule)
	if k.Flag != "" {
		fmt.Fprintf(&b, " of flag %q", k.Flag)
	}
	b.WriteString(" in " + k.Path)
	if k.Function != "" {
		b.WriteString(", " + k.Function)
	}
	return b.String()
}

// Show returns how the baseline in a file, by its absolute name, names files: relative
// to its own directory, so that it holds wherever flaglint runs. Files that are not
// absolute start from the directory of paths.
func Show(paths report.Paths, file string) func(name string) string {
	from := report.Paths{Dir: filepath.Dir(file)}
	return func(name string) string { return from.Show(paths.Abs(name)) }
}

// Baseline counts the findings of each key.
type Baseline map[Key]int

// New makes the baseline of findings; show gives the path of a file.
func New(findings []analyzer.Finding, show func(name string) string) Baseline {
	b := Baseline{}
	for _, f := range findings {
		b[keyOf(f, show)]++
	}
	return b
}

func keyOf(f analyzer.Finding, show func(string) string) Key {
	return Key{Rule: f.Rule, Flag: f.Flag, Path: show(f.Pos.Filename), Function: f.Function}
}

// Filter returns the findings that the baseline does not have, and the keys with
// how many of their findings were not found. Where a key has more findings than
// the baseline counts, the last of them are returned.
func (b Baseline) Filter(findings []analyzer.Finding, show func(name string) string) (fresh []analyzer.Finding, gone Baseline) {
	left := Baseline{}
	for k, n := range b {
		left[k] = n
	}
	for _, f := range findings {
		k := keyOf(f, show)
		if left[k] > 0 {
			left[k]--
			continue
		}
		fresh = append(fresh, f)
	}
	for k, n := range left {
		if n == 0 {
			delete(left, k)
		}
	}
	return fresh, left
}

// Keys returns the keys in the order of the file: by path, function, rule, flag.
func (b Baseline) Keys() []Key {
	var out []Key
	for k := range b {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Function, b.Function), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Flag, b.Flag))
	})
	return out
}

// The file: a line an entry, so that versions of it merge.

type file struct {
	Version  int     `json:"version"`
	Findings []entry `json:"findings"`
}

type entry struct {
	Key
	Count int `json:"count"`
}

const version = 1

// Format returns the file of a baseline; the same baseline gives the same bytes.
func (b Baseline) Format() ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", version)
	for i, k := range b.Keys() {
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(entry{k, b[k]}); err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(bytes.TrimSpace(line.Bytes()))
	}
	if len(b) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Bytes(), nil
}

// Parse reads a file that Format wrote, or a person changed. It refuses unknown
// members, entries without a rule, a path or a count, and entries that are there
// twice; errors begin with name and, where one is known, the line.
func Parse(name string, data []byte) (Baseline, error) {
	const hint = "(write it anew with --write-baseline)"
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var f file
	if err := dec.Decode(&f); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			name = fmt.Sprintf("%s:%d:1", name, 1+bytes.Count(data[:min(syntax.Offset, int64(len(data)))], []byte("\n")))
		}
		return nil, fmt.Errorf("%s: is no baseline: %w %s", name, err, hint)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("%s: has more than one document %s", name, hint)
	}
	if f.Version != version {
		return nil, fmt.Errorf("%s: has version %d, and this flaglint knows version %d %s", name, f.Version, version, hint)
	}
	b := Baseline{}
	for i, e := range f.Findings {
		switch {
		case e.Rule == "" || e.Path == "":
			return nil, fmt.Errorf("%s: entry %d has no rule or no path %s", name, i+1, hint)
		case e.Count < 1:
			return nil, fmt.Errorf("%s: entry %d (%s) has no count %s", name, i+1, e.Key, hint)
		case b[e.Key] > 0:
			return nil, fmt.Errorf("%s: entry %d (%s) is there already (add the counts up in one entry)", name, i+1, e.Key)
		}
		b[e.Key] = e.Count
	}
	return b, nil
}
