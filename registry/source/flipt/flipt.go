// Package flipt reads the features.yaml of Flipt, versions 1.0 to 1.6.
package flipt

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "flipt", Runtime: true, Is: is, Read: parse}
}

// is takes a list of flags with a type of Flipt's, or before types (1.0) with a
// namespace or segments beside it.
func is(root read.Node) bool {
	if !root.At("flags").Is(yamltree.List) {
		return false
	}
	for _, flag := range root.At("flags").Values() {
		if t := flag.At("type"); t.Is(yamltree.String) && strings.HasSuffix(t.Key(), "_FLAG_TYPE") {
			return true
		}
	}
	return root.At("namespace").Exists() || root.At("segments").Exists()
}

func parse(f *read.File, root read.Node) {
	for _, flag := range root.List("flags") {
		row := f.NamedRow(flag, "key")
		if row == nil {
			continue
		}
		row.Set("description", flag.Get("description"))
		row.Set("description", flag.Get("name"))
		row.Metadata(flag.Get("metadata"))
		switch t := flag.Get("type"); t.AsText() {
		case "BOOLEAN_FLAG_TYPE":
			row.SetType(t, registry.TypeBool)
			readBool(row, flag)
		case "VARIANT_FLAG_TYPE", "":
			row.SetType(t, registry.TypeString)
			readVariants(row, flag)
		default:
			t.Errorf("type must be BOOLEAN_FLAG_TYPE or VARIANT_FLAG_TYPE")
		}
	}
}

// readBool reads a flag that is what enabled says where no rollout takes hold.
func readBool(row *read.Row, flag read.Node) {
	if rollouts := flag.List("rollouts"); len(rollouts) > 0 {
		threshold := rollouts[0].Get("threshold")
		if threshold.Number("percentage", 0) == 100 {
			row.Serve("", threshold, registry.Bool(threshold.Bool("value", false)), registry.Date{})
			return
		}
		row.Depends("", flag.Get("rollouts"))
		return
	}
	at := flag.Get("enabled")
	if !at.Exists() {
		at = flag
	}
	row.Serve("", at, registry.Bool(flag.Bool("enabled", false)), registry.Date{})
}

// readVariants reads a flag that is the key of a variant. Code gets an empty key
// where nothing matches, so that they are no list of all that it can get.
func readVariants(row *read.Row, flag read.Node) {
	var served *registry.Value
	for _, variant := range flag.List("variants") {
		key, ok := variant.Required("key")
		if !ok {
			continue
		}
		value := registry.String(key.AsText())
		if variant.Bool("default", false) {
			served = &value
		}
	}
	rules := flag.Get("rules")
	switch {
	case !flag.Bool("enabled", false):
		row.Fallback("", flag, registry.Date{})
	case len(rules.Items()) > 0:
		row.Depends("", rules)
	case served != nil:
		row.Serve("", flag, *served, registry.Date{})
	default:
		row.Fallback("", flag, registry.Date{})
	}
}
