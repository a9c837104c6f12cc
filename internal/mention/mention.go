// Package mention tells where text names a flag.
package mention

import (
	"bytes"
	"strings"
)

// Lines returns the 1-based lines of data that have the key, and not as a part of
// a longer one.
func Lines(data []byte, key string) []int {
	if !bytes.Contains(data, []byte(key)) {
		return nil
	}
	var out []int
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if In(string(line), key) {
			out = append(out, n)
		}
	}
	return out
}

// In reports whether text has the key, and not as a part of a longer one.
func In(text, key string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], key)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(key)
		for start > 0 && text[start-1] == '-' { // an option of the command line
			start--
		}
		if (start == 0 || !isKeyByte(text[start-1])) && (end == len(text) || !isKeyByte(text[end]) || endsSentence(text[end:])) {
			return true
		}
		at += i + 1
	}
}

func isKeyByte(c byte) bool {
	return c == '-' || c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// endsSentence reports whether text starts with a full stop and no key after it.
func endsSentence(text string) bool {
	return text[0] == '.' && (len(text) == 1 || !isKeyByte(text[1]))
}

// Distinctive reports whether a key is no word that a text may have by chance.
func Distinctive(key string) bool {
	return strings.ContainsAny(key, "-_./:") || len(key) > 0 && strings.ToLower(key[1:]) != key[1:]
}
