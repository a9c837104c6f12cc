// Package flagd reads flag definitions of flagd (schema v0, as of v0.2.8), JSON or
// YAML.
package flagd

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "flagd", Runtime: true, Is: is, Read: parse}
}

// is takes a map flags, or the daemon's list, in which a flag has variants by name.
func is(root read.Node) bool {
	if schema := root.At("$schema"); schema.Is(yamltree.String) && strings.Contains(schema.Key(), "flagd") {
		return true
	}
	if root.At("version").Exists() {
		return false
	}
	found := false
	flags := root.At("flags")
	for _, flag := range flags.Values() {
		found = found || flag.At("variants").Is(yamltree.Map) && flag.At("state").Is(yamltree.String)
	}
	return found
}

func parse(f *read.File, root read.Node) {
	flags, _ := root.Required("flags")
	if flags.Is(yamltree.List) {
		for _, flag := range flags.Items() {
			if row := f.NamedRow(flag, "key"); row != nil {
				readFlag(row, flag)
			}
		}
		return
	}
	for key, flag := range flags.Entries() {
		readFlag(f.KeyRow(key), flag)
	}
}

func readFlag(row *read.Row, flag read.Node) {
	variants, _ := flag.Required("variants")
	values := map[string]registry.Value{}
	for name, value := range variants.Entries() {
		values[name.Key()] = value.Value()
		row.Variant(value.Value())
	}
	row.Metadata(flag.Get("metadata"))
	state, ok := flag.Required("state")
	if !ok {
		return
	}
	switch state.AsText() {
	case "ENABLED":
	case "DISABLED":
		row.Fallback("", state, registry.Date{}) // as if the flag did not exist
		return
	default:
		state.Errorf("state must be ENABLED or DISABLED")
		return
	}
	if targeting := flag.Get("targeting"); targeting.Len() > 0 {
		row.Depends("", targeting)
		return
	} else if targeting.Exists() && !targeting.Is(yamltree.Map) {
		targeting.Want("a map")
		return
	}
	served := flag.Get("defaultVariant")
	if !served.Exists() {
		row.Fallback("", state, registry.Date{})
		return
	}
	value, ok := values[served.AsText()]
	if !ok {
		served.Errorf("defaultVariant is none of the variants")
		return
	}
	row.Serve("", served, value, registry.Date{})
}
