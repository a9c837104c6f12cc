// Package snapshot reads and writes the file in which `flaglint sync` keeps what
// services and stores say of flags, so that linting is offline and the same
// everywhere.
//
// Flags go in by source, each with what its own format knows of them, and come out
// as one registry: registry.Merge joins what several sources say of a key, as if
// each were a file that the running program reads.
package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// FormatName is the format's name.
const FormatName = "snapshot"

// version is what this package writes, and the only one that it reads.
const version = 1

// Snapshot is the content of a snapshot file.
type Snapshot struct {
	Sources []Source // by name
}

// Source is what one source said.
type Source struct {
	// Name is that of the configuration; Type says what kind of source it is.
	Name, Type string
	// Synced is the day on which the source was last known to say this.
	Synced registry.Date
	Flags  []*registry.Flag // by key
}

// Source returns the source of a name, or nil.
func (s *Snapshot) Source(name string) *Source {
	i := slices.IndexFunc(s.Sources, func(src Source) bool { return src.Name == name })
	if i < 0 {
		return nil
	}
	return &s.Sources[i]
}

// Flag returns the flag of a key, or nil.
func (s *Source) Flag(key string) *registry.Flag {
	if s == nil {
		return nil
	}
	i := slices.IndexFunc(s.Flags, func(f *registry.Flag) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	return s.Flags[i]
}

// Format returns the registry format.
func Format() registry.Format { return format{} }

type format struct{}

func (format) Name() string { return FormatName }

// Recognize implements registry.Format.
func (format) Recognize(name string, data []byte) registry.Match {
	root, err := yamltree.Parse(name, data)
	if err != nil || root.Get("flaglint") == nil || root.Get("flaglint").Text != FormatName {
		return registry.NoMatch
	}
	return registry.MatchContent
}

// Parse implements registry.Format: it joins the sources.
func (format) Parse(name string, data []byte) ([]*registry.Flag, error) {
	s, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	var parts []*registry.Registry
	for _, src := range s.Sources {
		r, err := registry.New(src.Flags...)
		if err != nil {
			return nil, err
		}
		parts = append(parts, r)
	}
	merged, err := registry.Merge(parts...)
	if err != nil {
		return nil, err
	}
	return merged.Flags(), nil
}

// Stale names the sources that were last synced more than days before today, with
// the days; none where today is not known or days is registry.Never.
func (s *Snapshot) Stale(today registry.Date, days int) []string {
	var out []string
	if today.IsZero() || days == registry.Never {
		return nil
	}
	for _, src := range s.Sources {
		if age := today.DaysSince(src.Synced); !src.Synced.IsZero() && age > days {
			out = append(out, fmt.Sprintf("source %q was synced %d days ago", src.Name, age))
		}
	}
	return out
}

func sortFlags(flags []*registry.Flag) {
	slices.SortFunc(flags, func(a, b *registry.Flag) int { return strings.Compare(a.Key, b.Key) })
}
