package testrun

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// Test names a test as the go command does.
type Test struct {
	Package string // import path
	Name    string // TestX, or TestX/subtest
}

// Outcome is how a test ended.
type Outcome int

// The outcomes of a test that ran to its end.
const (
	Pass Outcome = iota + 1
	Skip
	Fail
)

// Results are the outcomes of the tests that ended. A test that is not there
// did not run, or its package does not build.
type Results map[Test]Outcome

// event is a line of `go test -json`; see `go doc test2json`.
type event struct {
	Action  string
	Package string
	Test    string
}

// parse reads the output of `go test -json`, and reports whether it got as far as
// a package. Lines that are no events are passed over.
func parse(r io.Reader) (out Results, ran bool) {
	out = Results{}
	b := bufio.NewReader(r)
	for {
		line, err := b.ReadBytes('\n')
		var e event
		if json.Unmarshal(line, &e) != nil {
			e = event{}
		}
		ran = ran || e.Package != ""
		if e.Test != "" {
			t := Test{e.Package, e.Test}
			switch e.Action {
			case "pass":
				out[t] = max(out[t], Pass)
			case "skip":
				out[t] = max(out[t], Skip)
			case "fail":
				out[t] = Fail
			}
		}
		if err != nil {
			return out, ran
		}
	}
}

// merge adds the results of another run: what failed in one failed.
func (r Results) merge(other Results) {
	for t, o := range other {
		r[t] = max(r[t], o)
	}
}

// Children are the direct subtests of a test, in order.
func (r Results) Children(t Test) []Test {
	var out []Test
	for c := range r {
		// A subtest's own name may have slashes: what has no test above it that
		// is nearer is direct.
		rest, ok := strings.CutPrefix(c.Name, t.Name+"/")
		if !ok || c.Package != t.Package {
			continue
		}
		direct := true
		for i := range len(rest) {
			if rest[i] == '/' {
				if _, between := r[Test{t.Package, t.Name + "/" + rest[:i]}]; between {
					direct = false
				}
			}
		}
		if direct {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Test) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Ambiguous reports whether several subtests were given the name of t: package
// testing tells them apart by a suffix, and nobody else can.
func (r Results) Ambiguous(t Test) bool {
	if !strings.Contains(t.Name, "/") {
		return false
	}
	_, ok := r[Test{t.Package, t.Name + "#01"}]
	return ok
}
