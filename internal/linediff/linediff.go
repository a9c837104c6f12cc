// Package linediff tells which lines make two texts differ.
//
// Split cuts each text into lines; Changes compares them and returns what became
// what, in order. Both are pure functions.
package linediff

import (
	"bytes"
	"slices"
)

// Change says that lines AStart to AEnd (0-based, half open) became lines BStart
// to BEnd of the other text.
type Change struct{ AStart, AEnd, BStart, BEnd int }

// Split returns the lines of src with their ends.
func Split(src []byte) [][]byte { return slices.Collect(bytes.Lines(src)) }

// Changes returns the shortest list of changes from a to b (E. Myers, "An O(ND)
// Difference Algorithm and Its Variations", 1986), in order. No two of them touch.
func Changes(a, b [][]byte) []Change {
	// What both begin and end with needs no search.
	start := 0
	for start < len(a) && start < len(b) && bytes.Equal(a[start], b[start]) {
		start++
	}
	aEnd, bEnd := len(a), len(b)
	for aEnd > start && bEnd > start && bytes.Equal(a[aEnd-1], b[bEnd-1]) {
		aEnd, bEnd = aEnd-1, bEnd-1
	}
	return merge(script(a[start:aEnd], b[start:bEnd]), start)
}

// step is one line taken from a (x), or added from b (y).
type step struct {
	x, y int
	add  bool
}

// maxEdits bounds the search; beyond it the whole range is one change, which is
// as right and less pretty.
const maxEdits = 4000

func script(a, b [][]byte) []step {
	n, m := len(a), len(b)
	limit := n + m
	if limit > maxEdits {
		limit = maxEdits
	}
	var trace [][]int32
	v := make([]int32, 2*limit+2)
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[limit+k-1] < v[limit+k+1] {
				x = int(v[limit+k+1])
			} else {
				x = int(v[limit+k-1]) + 1
			}
			y := x - k
			for x < n && y < m && bytes.Equal(a[x], b[y]) {
				x, y = x+1, y+1
			}
			v[limit+k] = int32(x)
			if x >= n && y >= m {
				return backtrack(trace, n, m)
			}
		}
		row := make([]int32, 2*d+1)
		copy(row, v[limit-d:limit+d+1])
		trace = append(trace, row)
	}
	var all []step
	for x := range n {
		all = append(all, step{x: x})
	}
	for y := range m {
		all = append(all, step{x: n, y: y, add: true})
	}
	return all
}

// backtrack follows the furthest reaching paths from the end; trace[d] holds
// those of d steps, for the diagonals -d to d.
func backtrack(trace [][]int32, x, y int) []step {
	var out []step
	for d := len(trace); d > 0; d-- {
		row := trace[d-1]
		at := func(k int) int {
			if i := k + d - 1; i >= 0 && i < len(row) {
				return int(row[i])
			}
			return -1
		}
		k := x - y
		prev := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			prev = k + 1
		}
		px := at(prev)
		py := px - prev
		if prev == k+1 {
			out = append(out, step{x: px, y: py, add: true})
		} else {
			out = append(out, step{x: px, y: py})
		}
		x, y = px, py
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// merge joins neighbouring steps to changes, offset lines further down.
func merge(steps []step, offset int) []Change {
	var out []Change
	for _, s := range steps {
		c := Change{s.x + offset, s.x + offset, s.y + offset, s.y + offset}
		if s.add {
			c.BEnd++
		} else {
			c.AEnd++
		}
		if n := len(out) - 1; n >= 0 && out[n].AEnd == c.AStart && out[n].BEnd == c.BStart {
			out[n].AEnd, out[n].BEnd = c.AEnd, c.BEnd
			continue
		}
		out = append(out, c)
	}
	return out
}
