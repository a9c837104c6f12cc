package analyzer

import "strings"

// nearest returns the one candidate that name is probably a misspelling of, or
// "" when none is close or two are equally close. Close means: the same but for
// case and separators, or an edit distance of at most a quarter of the length.
func nearest(name string, candidates []string) string {
	limit := max(1, len(name)/4)
	best, bestAt, tie := "", limit+1, false
	for _, c := range candidates {
		if c == name {
			continue
		}
		d := distance(name, c)
		if normal(name) == normal(c) {
			d = 0
		}
		switch {
		case d < bestAt:
			best, bestAt, tie = c, d, false
		case d == bestAt && c != best:
			tie = true
		}
	}
	if tie || bestAt > limit {
		return ""
	}
	return best
}

// normal folds what spellings of one key differ in: case and separators.
func normal(s string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(s))
}

// distance is the edit distance of two texts with transpositions of neighbours,
// in bytes. Texts whose lengths differ by more than 8 count as far apart.
func distance(a, b string) int {
	if d := len(a) - len(b); d > 8 || d < -8 {
		return max(len(a), len(b))
	}
	prev2 := make([]int, len(b)+1)
	prev := make([]int, len(b)+1)
	cur := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// join lists names as a sentence does: a, b and c.
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
