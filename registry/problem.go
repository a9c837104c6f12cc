package registry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Problem is something wrong with what a registry says, though it is well formed.
type Problem struct {
	Flag    *Flag
	Pos     Position // of the field, or of the row where the field is missing
	Message string   // names the flag
	Related []Position
}

// Metadata says what a row must tell.
type Metadata struct {
	// Required are fields, named as in flags.yaml, that every flag must give.
	Required []string
	// Pattern, if not nil, is what every key must match as a whole.
	Pattern *regexp.Regexp
}

// DefaultMetadata requires an owner and a description, and any key.
func DefaultMetadata() Metadata { return Metadata{Required: []string{"owner", "description"}} }

// Validate refuses required fields that no flag has.
func (m Metadata) Validate() error {
	for _, name := range m.Required {
		if !slices.Contains(FieldNames(), name) {
			return fmt.Errorf("%q is no field of a flag (want %s)", name, strings.Join(FieldNames(), ", "))
		}
	}
	return nil
}

// Check returns what the row of a flag lacks or contradicts: required fields, a
// key off the pattern, a retired flag without the value that code keeps, dates in
// an order that cannot be, and Conflicts. Flags that Go code registers
// (FormatGo) need give no fields: their registration has no place for them.
func (m Metadata) Check(f *Flag) []Problem {
	var problems []Problem
	tell := func(field, format string, args ...any) {
		pos, ok := f.Fields[field]
		if !ok {
			pos = f.Source
		}
		problems = append(problems, Problem{Flag: f, Pos: pos, Message: fmt.Sprintf("flag %q ", f.Key) + fmt.Sprintf(format, args...)})
	}
	if m.Pattern != nil && !matchesWhole(m.Pattern, f.Key) {
		tell("", "does not match the naming pattern %s", m.Pattern)
	}
	if f.Format != FormatGo {
		for _, name := range m.Required {
			if !f.gives(name) {
				tell(name, "has no %s", name)
			}
		}
	}
	// A source that archived a flag does not tell a value, and nobody can add one there.
	_, decided := f.Fields["state"]
	if f.Value == nil && !slices.Contains(m.Required, "value") && f.State == StateRetired && (decided || f.Format == FormatGo) {
		tell("state", "is retired, but has no value (give the value that everyone gets)")
	}
	order := func(early, late string, first, second Date) {
		if !first.IsZero() && !second.IsZero() && second.Before(first) {
			tell(late, "has %s %s before %s %s", late, second, early, first)
			if pos, ok := f.Fields[early]; ok {
				problems[len(problems)-1].Related = []Position{pos}
			}
		}
	}
	for _, c := range f.Conflicts {
		tell(c.Field, "%s", c.Message)
		problems[len(problems)-1].Related = []Position{c.Pos}
	}
	order("created", "since", f.Created, f.Since)
	order("created", "expires", f.Created, f.Expires.Date)
	return problems
}

func matchesWhole(re *regexp.Regexp, s string) bool {
	whole, err := regexp.Compile(`\A(?:` + re.String() + `)\z`)
	return err == nil && whole.MatchString(s)
}

// gives reports whether the flag has the field, be it from another row (Merge).
func (f *Flag) gives(field string) bool {
	switch field {
	case "type":
		_, ok := f.Fields["type"]
		return ok || f.Format != FormatNative && f.Type != TypeUnknown
	case "variants":
		return len(f.Variants) > 0
	case "default":
		return f.Default != nil
	case "kind":
		return f.Kind != KindUnknown
	case "state":
		return f.State != StateUnknown
	case "value":
		// Only a decided flag has one.
		return f.Value != nil || f.State != StateRetired && f.State != StateRolledOut
	case "since":
		return !f.Since.IsZero()
	case "description":
		return strings.TrimSpace(f.Description) != ""
	case "owner":
		return strings.TrimSpace(f.Owner) != ""
	case "created":
		return !f.Created.IsZero()
	case "expires":
		// A flag that is to stay has none.
		return !f.Expires.IsZero() || f.Permanent || f.Kind == KindKillSwitch || f.Kind == KindPermission
	case "issue":
		return strings.TrimSpace(f.Issue) != ""
	case "tags":
		return len(f.Tags) > 0
	case "requires":
		return len(f.Requires) > 0
	}
	return false
}
