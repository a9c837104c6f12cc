// Package openfeature reads the flag manifest of the OpenFeature CLI (schema v0).
package openfeature

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format. The manifest is what code is generated from; no
// program reads it while it runs.
func Shape() read.Shape {
	return read.Shape{FormatName: "openfeature", Is: is, Read: parse}
}

func is(root read.Node) bool {
	if schema := root.At("$schema"); schema.Is(yamltree.String) && strings.Contains(schema.Key(), "flag-manifest") {
		return true
	}
	for _, flag := range root.At("flags").Values() {
		if t := flag.At("flagType"); t.Is(yamltree.String) && types[t.Key()] != "" {
			return true
		}
	}
	return false
}

var types = map[string]registry.Type{
	"boolean": registry.TypeBool, "string": registry.TypeString, "integer": registry.TypeInt,
	"float": registry.TypeFloat, "object": registry.TypeJSON,
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
	row.Set("description", flag.Get("description"))
	kind, typed := flag.Required("flagType")
	value, given := flag.Required("defaultValue")
	if !typed {
		return
	}
	t, known := types[kind.AsText()]
	if !known {
		kind.Errorf("flagType must be boolean, string, integer, float or object")
		return
	}
	row.SetType(kind, t)
	if !given {
		return
	}
	if t != registry.TypeString && value.Is(yamltree.String) {
		value.Errorf("defaultValue is no value of the flag's type (%s)", t)
		return
	}
	if v, ok := value.ValueOf(t); ok {
		row.SetDefault(value, v)
	}
}
