package plain

import (
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// tables are the names, in lower case and without separators, that a table of
// flags has in a configuration file.
var tables = []string{"features", "flags", "featureflags", "toggles", "featuretoggles"}

// Table returns the format of configuration files, TOML, YAML or JSON, that have
// a table of flags: `[features]` and `new-checkout = true`.
func Table() read.Shape {
	return read.Shape{FormatName: "table", Runtime: true, Is: isTable, Read: parseTable}
}

func isTableName(name string) bool {
	return slices.Contains(tables, strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name)))
}

// isTable takes a table of which every entry is a scalar, or a map that says
// whether it is enabled. One that Flask reads is called FEATURE_FLAGS.
func isTable(root read.Node) bool {
	if root.At("version").Is(yamltree.Int) || isFlask(root) {
		return false
	}
	found := false
	for name, table := range root.Values() {
		if !root.Is(yamltree.Map) || !isTableName(name.Key()) || !table.Is(yamltree.Map) {
			continue
		}
		for _, flag := range table.Values() {
			switch {
			case flag.Is(yamltree.List), flag.Is(yamltree.Null), flag.Is(yamltree.Map) && !flag.At("enabled").Is(yamltree.Bool):
				return false
			}
			found = true
		}
	}
	return found
}

func parseTable(f *read.File, root read.Node) {
	for name, table := range root.Entries() {
		if !isTableName(name.Key()) {
			continue
		}
		for key, value := range table.Entries() {
			row := f.KeyRow(key)
			if value.Is(yamltree.Map) {
				row.Metadata(value)
				on, ok := value.Required("enabled")
				if ok {
					row.Serve("", on, registry.Bool(value.Bool("enabled", false)), registry.Date{})
				}
				continue
			}
			if value.Is(yamltree.List) || !value.Exists() {
				value.Want("a bool, a number, a text, or a map that says enabled")
				continue
			}
			row.Serve("", value, value.Value(), registry.Date{})
		}
	}
}

// Viper returns the format of a configuration file of which every bool is a flag,
// by its path: `new-checkout: true` in features is features.new-checkout. It is
// never recognised, but has to be named.
func Viper() read.Shape {
	return read.Shape{FormatName: "viper", Runtime: true, Read: func(f *read.File, root read.Node) {
		readBools(f, "", root)
	}}
}

func readBools(f *read.File, path string, n read.Node) {
	for key, value := range n.Entries() {
		name := path + key.Key()
		switch {
		case value.Is(yamltree.Bool):
			pos := key.Pos()
			row := f.Row(pos.Line, pos.Column, name)
			row.Serve("", value, value.Value(), registry.Date{})
		case value.Is(yamltree.Map):
			readBools(f, name+".", value)
		}
	}
}

// Flask returns the format of Flask-FeatureFlags: a FEATURE_FLAGS map of bools in
// an exported configuration.
func Flask() read.Shape {
	return read.Shape{FormatName: "flask", Runtime: true, Is: isFlask, Read: func(f *read.File, root read.Node) {
		readMap(f, root.Get("FEATURE_FLAGS"))
	}}
}

func isFlask(root read.Node) bool { return root.At("FEATURE_FLAGS").Is(yamltree.Map) }

// Flagon returns the format of Flagon: one map of bools.
func Flagon() read.Shape {
	return read.Shape{FormatName: "flagon", Runtime: true, Is: isFlagon, Read: readMap}
}

func isFlagon(root read.Node) bool {
	for _, value := range root.Values() {
		if !root.Is(yamltree.Map) || !value.Is(yamltree.Bool) {
			return false
		}
	}
	return root.Len() > 0
}

func readMap(f *read.File, flags read.Node) {
	for key, value := range flags.Entries() {
		row := f.KeyRow(key)
		row.SetType(read.Node{}, registry.TypeBool)
		if !value.Is(yamltree.Bool) {
			value.Want("true or false")
			continue
		}
		row.Serve("", value, value.Value(), registry.Date{})
	}
}
