package report

import (
	"path/filepath"
	"strings"
)

// Paths says how file names are shown: relative to the directory that flaglint
// runs in, slash-separated.
type Paths struct {
	Dir string // absolute; empty: names stay as they are
}

// Show returns the name of a file as outputs give it. A file elsewhere (another
// drive on Windows) keeps its absolute name.
func (p Paths) Show(name string) string {
	if p.Dir == "" || !filepath.IsAbs(name) {
		return filepath.ToSlash(name)
	}
	rel, err := filepath.Rel(p.Dir, name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(rel)
}

// Abs returns the absolute name of a file that may be relative to Dir.
func (p Paths) Abs(name string) string {
	name = filepath.FromSlash(name)
	if p.Dir == "" || name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.Dir, name)
}

// position renders file:line:column, leaving out what is not known.
func position(file string, line, column int) string {
	var b strings.Builder
	b.WriteString(file)
	for _, n := range []int{line, column} {
		if n == 0 {
			break
		}
		b.WriteByte(':')
		b.WriteString(itoa(n))
	}
	return b.String()
}
