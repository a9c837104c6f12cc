package recall

import "bytes"

// words is what the text of a file tells without being parsed.
type words struct {
	// idents are the hashes of the identifiers outside of comments and strings, each once.
	// Two that share a hash make a package be searched without need.
	idents []uint32
	// key: a string in it may be a key; speaks: it has a comment for flaglint.
	key, speaks bool
}

// wordReader reads the words of one file after another.
type wordReader struct {
	// key tells of the text of a string as it is written whether it may be a key.
	key func(text []byte) bool

	seen []uint32 // a hash set of idents; 0: free
	used []uint32 // the slots that are taken
}

// wordHash is the hash of an identifier, never 0.
func wordHash[T string | []byte](word T) uint32 {
	h := uint32(2166136261) // FNV-1a
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return max(h, 1)
}

// read gives the words of a text. What is no Go gives something, too.
func (r *wordReader) read(src []byte) words {
	out := words{speaks: bytes.Contains(src, []byte("flaglint:"))}
	if len(r.seen) == 0 {
		r.seen = make([]uint32, 1<<10)
	}
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case letter[c], digit[c]:
			start := i
			for i < len(src) && (letter[src[i]] || digit[src[i]]) {
				i++
			}
			if letter[c] {
				r.add(wordHash(src[start:i]))
			}
		case c == '/' && i+1 < len(src) && src[i+1] == '/':
			n := bytes.IndexByte(src[i:], '\n')
			if n < 0 {
				n = len(src) - i
			}
			i += n
		case c == '/' && i+1 < len(src) && src[i+1] == '*':
			n := bytes.Index(src[i+2:], []byte("*/"))
			if n < 0 {
				n = len(src) - i
			}
			i += n + 4
		case c == '"', c == '\'', c == '`':
			end := quoted(src, i)
			if c != '\'' && !out.key && r.key(src[i+1:end]) {
				out.key = true
			}
			i = end + 1
		default:
			i++
		}
	}
	out.idents = make([]uint32, len(r.used))
	for i, slot := range r.used {
		out.idents[i] = r.seen[slot]
		r.seen[slot] = 0
	}
	r.used = r.used[:0]
	return out
}

// quoted is where the string or character that begins at src[at] ends.
func quoted(src []byte, at int) int {
	quote := src[at]
	for i := at + 1; i < len(src); i++ {
		switch {
		case src[i] == quote:
			return i
		case src[i] == '\\' && quote != '`':
			i++
		case src[i] == '\n' && quote != '`':
			return i
		}
	}
	return len(src)
}

func (r *wordReader) add(h uint32) {
	if 2*len(r.used) >= len(r.seen) {
		old := make([]uint32, 0, len(r.used))
		for _, slot := range r.used {
			old = append(old, r.seen[slot])
		}
		r.seen, r.used = make([]uint32, 4*len(r.seen)), r.used[:0]
		for _, h := range old {
			r.add(h)
		}
	}
	for slot := h % uint32(len(r.seen)); ; slot = (slot + 1) % uint32(len(r.seen)) {
		switch r.seen[slot] {
		case h:
			return
		case 0:
			r.seen[slot] = h
			r.used = append(r.used, slot)
			return
		}
	}
}

// letter and digit are the bytes of identifiers: all that is not ASCII counts as a letter.
var letter, digit = func() (letter, digit [256]bool) {
	for c := range 256 {
		letter[c] = c >= 0x80 || c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		digit[c] = '0' <= c && c <= '9'
	}
	return letter, digit
}()
