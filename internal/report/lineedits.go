package report

// LineEdit replaces the bytes of a text from Start to End, which are whole lines.
type LineEdit struct {
	Start, End int
	New        []byte
}

// LineEdits returns the changes of lines that make after of before, in order.
func LineEdits(before, after []byte) []LineEdit {
	a, b := splitLines(before), splitLines(after)
	offsets := func(lines [][]byte) []int {
		out := make([]int, 1, len(lines)+1)
		for _, line := range lines {
			out = append(out, out[len(out)-1]+len(line))
		}
		return out
	}
	from, to := offsets(a), offsets(b)
	var out []LineEdit
	for _, c := range changes(a, b) {
		out = append(out, LineEdit{from[c.aStart], from[c.aEnd], after[to[c.bStart]:to[c.bEnd]]})
	}
	return out
}
