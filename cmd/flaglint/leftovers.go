package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/flaghygiene/flaglint/internal/report"
	"github.com/flaghygiene/flaglint/removal"
)

// maxLeftover bounds the files that are searched for a removed key.
const maxLeftover = 1 << 20

// leftovers are the lines of files that are no Go code which still name a
// removed flag. Go code is the engine's to tell.
func (s *session) leftovers(plan *removal.Plan) []report.Leftover {
	if len(plan.Files) == 0 {
		return nil
	}
	var out []report.Leftover
	for _, m := range s.prog.Modules {
		_ = filepath.WalkDir(m.Dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // what cannot be read cannot be searched
			}
			if d.IsDir() {
				if name != m.Dir && skipDir(name, d.Name()) {
					return filepath.SkipDir
				}
				return nil
			}
			info, err := d.Info()
			if err != nil || !d.Type().IsRegular() || info.Size() > maxLeftover || strings.HasSuffix(name, ".go") {
				return nil
			}
			data, err := os.ReadFile(name)
			if err != nil || bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
				return nil
			}
			for _, t := range plan.Targets {
				out = append(out, linesWith(name, t.Key, data)...)
			}
			return nil
		})
	}
	return out
}

// skipDir reports whether a directory holds nothing that people wrote here, or
// another module.
func skipDir(name, base string) bool {
	switch base {
	case ".git", "vendor", "node_modules":
		return true
	}
	return exists(filepath.Join(name, "go.mod"))
}

func linesWith(name, key string, data []byte) []report.Leftover {
	if !bytes.Contains(data, []byte(key)) {
		return nil
	}
	var out []report.Leftover
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if containsKey(string(line), key) {
			out = append(out, report.Leftover{Flag: key, File: name, Line: n})
		}
	}
	return out
}

// containsKey reports whether text has the key, and not as a part of a longer one.
func containsKey(text, key string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], key)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(key)
		if (start == 0 || !isKeyByte(text[start-1])) && (end == len(text) || !isKeyByte(text[end]) || endsSentence(text[end:])) {
			return true
		}
		at = start + 1
	}
}

func isKeyByte(c byte) bool {
	return c == '-' || c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// endsSentence reports whether text starts with a full stop and no key after it.
func endsSentence(text string) bool {
	return text[0] == '.' && (len(text) == 1 || !isKeyByte(text[1]))
}

// executable reports whether a file may be run.
func executable(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode()&0o100 != 0
}
