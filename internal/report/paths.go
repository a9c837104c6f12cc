package report

import (
	"path"
	"path/filepath"
	"strings"
)

// Paths says how file names are shown: relative to the directory that flaglint
// runs in, slash-separated.
type Paths struct {
	Dir string // absolute; empty: names stay as they are
	// Prefix is a slash path that Dir has for the reader, such as that of a module
	// in its repository; empty: none. Abs knows nothing of it.
	Prefix string
}

// Show returns the name of a file as outputs give it. A file elsewhere (another
// drive on Windows) keeps its absolute name.
func (p Paths) Show(name string) string {
	if filepath.IsAbs(name) {
		rel, err := filepath.Rel(p.Dir, name)
		if p.Dir == "" || err != nil {
			return filepath.ToSlash(name)
		}
		name = rel
	}
	if p.Prefix != "" && name != "" {
		return path.Join(p.Prefix, filepath.ToSlash(name))
	}
	return filepath.ToSlash(name)
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
