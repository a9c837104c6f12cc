package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// prerequisite finds flags that require another flag which is in no registry, is
// retired or expired, or requires them in turn. A flag behind a dead prerequisite
// cannot be switched on any more, or comes on for everyone when the prerequisite
// goes; flags in a cycle can never be on.
//
// It is told where the registry names the prerequisite.
var prerequisite = Rule{
	Name:          "prerequisite",
	Title:         "a flag requires one that is unknown, retired, expired or in a cycle",
	Severity:      SeverityWarning,
	NeedsRegistry: true,
	WholeProgram:  true,
	finish:        finishPrerequisite,
}

func finishPrerequisite(p *program) {
	for row := range p.rows() {
		if row.State == registry.StateRetired {
			continue // it goes anyway
		}
		for _, r := range row.Requires {
			if text := p.brokenRequirement(row, r.Key); text != "" {
				pos := r.Pos
				if pos.File == "" {
					pos = row.Source
				}
				p.reportAt(pos, Finding{Flag: row.Key, Message: text})
			}
		}
	}
}

func (p *program) brokenRequirement(row *registry.Flag, key string) string {
	other := p.flag(key)
	switch {
	case other == nil:
		return fmt.Sprintf("flag %q requires %q, which is in no registry", row.Key, key)
	case other.State == registry.StateRetired || other.Locked:
		return fmt.Sprintf("flag %q requires %q, which is retired", row.Key, key)
	}
	if cycle := p.cycle(row.Key, other, []string{row.Key}); cycle != nil {
		return fmt.Sprintf("flag %q requires itself: %s", row.Key, strings.Join(cycle, " requires "))
	}
	if text := expiredMessage(p.suite, nil, other); text != "" {
		return fmt.Sprintf("flag %q requires %q, which expired: %s", row.Key, key, text)
	}
	return ""
}

// cycle returns the way from a flag by its requirements back to start, or nil.
func (p *program) cycle(start string, at *registry.Flag, path []string) []string {
	path = append(slices.Clone(path), at.Key)
	if at.Key == start {
		return path
	}
	if slices.Contains(path[:len(path)-1], at.Key) {
		return nil // a cycle that start is not on
	}
	for _, r := range at.Requires {
		if next := p.flag(r.Key); next != nil {
			if way := p.cycle(start, next, path); way != nil {
				return way
			}
		}
	}
	return nil
}
