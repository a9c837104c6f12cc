package linediff

// Edit replaces the bytes of a text from Start to End, which are whole lines.
type Edit struct {
	Start, End int
	New        []byte
}

// Edits returns the changes of lines that make after of before, in order.
func Edits(before, after []byte) []Edit {
	a, b := Split(before), Split(after)
	offsets := func(lines [][]byte) []int {
		out := make([]int, 1, len(lines)+1)
		for _, line := range lines {
			out = append(out, out[len(out)-1]+len(line))
		}
		return out
	}
	from, to := offsets(a), offsets(b)
	var out []Edit
	for _, c := range Changes(a, b) {
		out = append(out, Edit{from[c.AStart], from[c.AEnd], after[to[c.BStart]:to[c.BEnd]]})
	}
	return out
}
