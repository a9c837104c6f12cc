package testrun

import (
	"cmp"
	"slices"
	"strings"
)

// Verdict is what the runs before and after a change tell of a test.
type Verdict int

const (
	// Unknown: it did not run, failed before already, was skipped, has a name that
	// others have too, or some of its subtests fail and others do not.
	Unknown Verdict = iota
	// Passes before and after.
	Passes
	// Fails after, and passed before.
	Fails
)

// Judge compares the runs before and after for one test.
func Judge(before, after Results, t Test) Verdict {
	if before.Ambiguous(t) || after.Ambiguous(t) || before[t] != Pass {
		return Unknown
	}
	switch after[t] {
	case Pass:
		return Passes
	case Fail:
	default:
		return Unknown
	}
	failed, others := 0, 0
	for _, c := range after.Children(t) {
		if after[c] == Fail {
			failed++
		} else {
			others++
		}
	}
	if failed > 0 && others > 0 {
		return Unknown // the subtests are to be told apart
	}
	return Fails
}

// Broken are the tests that passed before and fail after, those of which no
// subtest does, in order.
func Broken(before, after Results) []Test {
	var out []Test
	for t, o := range after {
		if o != Fail || before[t] != Pass {
			continue
		}
		if slices.ContainsFunc(after.Children(t), func(c Test) bool { return after[c] == Fail }) {
			continue
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Test) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Top is the name of the top-level test that t belongs to.
func (t Test) Top() string {
	top, _, _ := strings.Cut(t.Name, "/")
	return top
}
