package registry

import (
	"fmt"
	"slices"
	"strings"
)

// The names of the formats that this package knows itself.
const (
	FormatNative = "native" // flags.yaml
	FormatGo     = "go"     // flags that Go code registers
)

// Match is how sure a Format is that a file is one of its own.
type Match int

// The degrees of a Match; the content tells more than the name.
const (
	NoMatch Match = iota
	MatchName
	MatchContent
)

// Format turns the bytes of one kind of registry file into flags. It reads
// nothing but its arguments.
type Format interface {
	// Name is what `format:` in .flaglint.yaml calls it.
	Name() string
	// Recognize says whether a file of that name and content is of the format.
	Recognize(name string, data []byte) Match
	// Parse reads a file. It sets Key, Source, Fields and Format of every flag. An
	// error names file, line and column.
	Parse(name string, data []byte) ([]*Flag, error)
}

// Formats are the formats that a program knows.
type Formats []Format

// Load reads a registry file in the named format, or, where format is empty, in
// the one that recognises it. It refuses an unknown format name, and a file that
// no format or more than one recognises equally well. Where runtime is set, every
// flag is marked as one that the running program reads.
func (fs Formats) Load(format, name string, data []byte, runtime bool) (*Registry, error) {
	f, err := fs.pick(format, name, data)
	if err != nil {
		return nil, err
	}
	flags, err := f.Parse(name, data)
	if err != nil {
		return nil, err
	}
	for _, flag := range flags {
		flag.Runtime = flag.Runtime || runtime
	}
	return New(flags...)
}

func (fs Formats) pick(format, name string, data []byte) (Format, error) {
	if format != "" {
		for _, f := range fs {
			if f.Name() == format {
				return f, nil
			}
		}
		return nil, fmt.Errorf("%s: unknown registry format %q (want one of %s)", name, format, strings.Join(fs.Names(), ", "))
	}
	best, found := MatchName, Formats(nil)
	for _, f := range fs {
		switch m := f.Recognize(name, data); {
		case m > best:
			best, found = m, Formats{f}
		case m == best:
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%s: no known registry format (name it with format: %s)", name, strings.Join(fs.Names(), " | "))
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("%s: could be %s (name one with format:)", name, strings.Join(found.Names(), " or "))
}

// Names returns the names of the formats, sorted.
func (fs Formats) Names() []string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.Name()
	}
	slices.Sort(names)
	return names
}
