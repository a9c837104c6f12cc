package registry

import (
	"slices"
	"strings"
	"unicode"
)

// Nearest returns the registered keys that a misspelt key most likely means,
// sorted: those that differ in case and separators only, or else those at the
// least edit distance (insertion, deletion, substitution, swap of neighbours), if
// that is at most 1 for keys of up to 5 letters, 2 up to 11, and 3 beyond. Keys
// that differ in their digits only are different flags, not misspelt ones. More
// than one key means that it is not clear which is meant.
func (r *Registry) Nearest(key string) []string {
	var near []string
	folded := foldKey(key)
	for _, f := range r.Flags() {
		if f.Key != key && foldKey(f.Key) == folded {
			near = append(near, f.Key)
		}
	}
	if len(near) > 0 {
		slices.Sort(near)
		return near
	}
	a := []rune(key)
	best := 3
	switch {
	case len(a) <= 5:
		best = 1
	case len(a) <= 11:
		best = 2
	}
	for _, f := range r.Flags() {
		if f.Key == key || digitsDiffer(key, f.Key) {
			continue
		}
		b := []rune(f.Key)
		if max(len(a)-len(b), len(b)-len(a)) > best {
			continue
		}
		switch d := editDistance(a, b); {
		case d < best:
			best, near = d, []string{f.Key}
		case d == best:
			near = append(near, f.Key)
		}
	}
	slices.Sort(near)
	return near
}

// foldKey brings new_checkout, newCheckout and New-Checkout to one form.
func foldKey(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r == ' ' || r == '/' || r == ':' {
			return -1
		}
		return unicode.ToLower(r)
	}, key)
}

// digitsDiffer reports whether the keys are equal but for digits.
func digitsDiffer(a, b string) bool {
	strip := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return -1
			}
			return r
		}, s)
	}
	return a != b && strip(a) == strip(b)
}

// editDistance is the optimal string alignment distance.
func editDistance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			cost = min(cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cost = min(cost, before[j-1]+1)
			}
			row[j+1] = cost
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
