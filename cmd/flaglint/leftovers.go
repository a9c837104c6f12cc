package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/flaghygiene/flaglint/internal/mention"
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
	var out []report.Leftover
	for _, n := range mention.Lines(data, key) {
		out = append(out, report.Leftover{Flag: key, File: name, Line: n})
	}
	return out
}

// executable reports whether a file may be run.
func executable(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode()&0o100 != 0
}
