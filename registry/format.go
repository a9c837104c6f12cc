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

// Options say how a registry file is to be read.
type Options struct {
	// Format is the name of its format; empty: the one that recognises it.
	Format string
	// Runtime says whether the running program reads the file; nil: as is usual for
	// its format.
	Runtime *bool
	// Environment is the environment that the file holds; empty: what it says
	// itself, or else all.
	Environment string
}

// Load reads a registry file in the format named, or the one that recognises it.
// It refuses an unknown format name, a file that no format or more than one
// recognises equally well, and a file that names other environments than the one
// that it is said to hold.
func (fs Formats) Load(name string, data []byte, o Options) (*Registry, error) {
	f, err := fs.pick(o.Format, name, data)
	if err != nil {
		return nil, err
	}
	flags, err := f.Parse(name, data)
	if err != nil {
		return nil, err
	}
	return o.Registry(flags)
}

// Registry returns flags as a registry that is read as the options say. It changes
// them, and refuses those that name other environments than the one that they are
// said to be of.
func (o Options) Registry(flags []*Flag) (*Registry, error) {
	for _, flag := range flags {
		if o.Runtime != nil {
			flag.Runtime = *o.Runtime
		}
		for i := range flag.Serves {
			s := &flag.Serves[i]
			switch {
			case o.Environment == "" || s.Environment == o.Environment:
			case s.Environment != "":
				return nil, fmt.Errorf("%s: speaks of the environment %q, not of %q (correct the environment of this registry in the configuration, or leave it out)",
					s.Pos, s.Environment, o.Environment)
			default:
				s.Environment = o.Environment
			}
		}
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
