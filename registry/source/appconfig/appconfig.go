// Package appconfig reads feature flags of AWS AppConfig: as they are written
// (AWS.AppConfig.FeatureFlags, version 1), and as programs retrieve them.
package appconfig

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "appconfig", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool { return isAuthored(root) || isRetrieved(root) }

func isAuthored(root read.Node) bool {
	return root.At("version").Is(yamltree.String) && root.At("flags").Is(yamltree.Map) && root.At("values").Is(yamltree.Map)
}

// isRetrieved takes a map in which every value is a map that says enabled.
func isRetrieved(root read.Node) bool {
	if !root.Is(yamltree.Map) || root.Len() == 0 {
		return false
	}
	for _, flag := range root.Values() {
		if !flag.At("enabled").Is(yamltree.Bool) || flag.At("variations").Exists() {
			return false
		}
	}
	return true
}

func parse(f *read.File, root read.Node) {
	if !isAuthored(root) {
		for key, value := range root.Entries() {
			readValue(f.KeyRow(key), value, registry.Date{})
		}
		return
	}
	values := map[string]read.Node{}
	for key, value := range root.Get("values").Entries() {
		values[key.Key()] = value
	}
	for key, flag := range root.Get("flags").Entries() {
		row := f.KeyRow(key)
		row.Set("description", flag.Get("description"))
		row.Set("description", flag.Get("name"))
		row.SetCreated(flag.Get("_createdAt"))
		if d := flag.Get("_deprecation").Get("date"); d.Exists() {
			row.SetExpires(d, d.Date())
		}
		if value, ok := values[row.Key]; ok {
			readValue(row, value, flag.Get("_updatedAt").Time())
		}
		row.SetType(read.Node{}, registry.TypeBool)
	}
	for key, value := range root.Get("values").Entries() {
		if f.Lookup(key.Key()) == nil {
			value.Errorf("there is no such flag")
		}
	}
}

func readValue(row *read.Row, value read.Node, since registry.Date) {
	row.SetType(read.Node{}, registry.TypeBool)
	if variants := value.Get("_variants"); variants.Exists() {
		row.Depends("", variants)
		return
	}
	if on := value.Get("enabled"); on.Exists() {
		row.Serve("", on, registry.Bool(value.Bool("enabled", false)), since)
		return
	}
	row.Serve("", value, registry.Bool(false), since)
}
