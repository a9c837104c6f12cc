package analyzer

import (
	"fmt"
	"regexp"

	"github.com/flaghygiene/flaglint/registry"
)

// registryMetadata finds rows of the registry that lack what people need once the
// flag's author has moved on: an owner to ask and a description to read. It also
// finds a retired flag without the value that code keeps, dates in the wrong
// order, and keys off the naming pattern, where one is configured.
//
// Fields are asked only of registries that can hold them: flags.yaml, not what a
// flag service exports or code declares.
var registryMetadata = Rule{
	Name:          "registry-metadata",
	Title:         "a row of the registry is incomplete or contradicts itself",
	Severity:      SeverityError,
	NeedsRegistry: true,
	WholeProgram:  true,
	Options: []Option{
		{Name: "required", Doc: "fields that each row must have", Kind: OptionStrings, Default: []string{"owner", "description"},
			Values: []string{"owner", "description", "created", "expires", "kind", "issue", "default", "type", "state", "tags"}},
		{Name: "pattern", Doc: "a regular expression that each key must match", Kind: OptionPattern, Default: ""},
	},
	finish: finishRegistryMetadata,
}

func finishRegistryMetadata(p *program) {
	pattern := regexp.MustCompile(p.text("pattern")) // it compiled when the option was read
	for row := range p.rows() {
		tell := func(field, format string, args ...any) {
			pos, ok := row.Fields[field]
			if !ok {
				pos = row.Source
			}
			p.reportAt(pos, Finding{Flag: row.Key, Message: fmt.Sprintf("flag %q ", row.Key) + fmt.Sprintf(format, args...)})
		}
		if row.Format == nativeFormat {
			for _, field := range p.list("required") {
				if !has(row, field) && !(field == "expires" && permanent(row)) {
					tell("", "has no %s", field)
				}
			}
		}
		if !pattern.MatchString(row.Key) {
			tell("", "does not match the naming pattern %s", pattern)
		}
		if row.State == registry.StateRetired && row.Value == nil && row.Format == nativeFormat {
			tell("state", "is retired, and no value says what code keeps (add value: …)")
		}
		checkDates(row, tell)
	}
}

// nativeFormat is the Format of flags from flags.yaml.
const nativeFormat = "native"

func permanent(row *registry.Flag) bool {
	return row.Kind == registry.KindKillSwitch || row.Kind == registry.KindPermission
}

func has(row *registry.Flag, field string) bool {
	switch field {
	case "owner":
		return row.Owner != ""
	case "description":
		return row.Description != ""
	case "created":
		return !row.Created.IsZero()
	case "expires":
		return !row.Expires.IsZero()
	case "kind":
		return row.Kind != registry.KindUnknown
	case "issue":
		return row.Issue != ""
	case "default":
		return row.Default != nil
	case "tags":
		return len(row.Tags) > 0
	}
	_, given := row.Fields[field]
	return given
}

func checkDates(row *registry.Flag, tell func(field, format string, args ...any)) {
	after := func(field string, d registry.Date, what, otherField string, other registry.Date) {
		if !d.IsZero() && !other.IsZero() && d.Before(other) {
			tell(field, "%s %s, before it was %s (%s)", what, d, otherField, other)
		}
	}
	after("expires", row.Expires.Date, "expires on", "created", row.Created)
	after("since", row.Since, "has had its state since", "created", row.Created)
}
