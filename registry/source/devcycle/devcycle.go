// Package devcycle reads the features of DevCycle as its API and CLI list them. The
// keys that code uses are those of variables.
package devcycle

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "devcycle", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, feature := range list(root).Values() {
		if feature.At("variables").Is(yamltree.List) && feature.At("variations").Is(yamltree.List) {
			return true
		}
	}
	return false
}

// list takes a list, and a map that has one.
func list(root read.Node) read.Node {
	if root.Is(yamltree.List) {
		return root
	}
	return root.At("features")
}

func parse(f *read.File, root read.Node) {
	for _, feature := range list(root).Items() {
		for _, variable := range feature.List("variables") {
			if row := f.NamedRow(variable, "key"); row != nil {
				readVariable(row, variable, feature)
			}
		}
	}
}

func readVariable(row *read.Row, variable, feature read.Node) {
	kind := variable.Get("type")
	switch kind.AsText() {
	case "Boolean":
		row.SetType(kind, registry.TypeBool)
	case "String":
		row.SetType(kind, registry.TypeString)
	case "JSON":
		row.SetType(kind, registry.TypeJSON)
	case "Number": // ints and floats are one there
	default:
		kind.Errorf("type must be Boolean, String, Number or JSON")
	}
	row.Set("description", variable.Get("description"))
	row.Set("description", feature.Get("description"))
	row.SetCreated(feature.Get("createdAt"))
	row.SetTags(feature.Get("tags"))
	purpose := feature.Get("type")
	switch k := registry.Kind(purpose.AsText()); k {
	case registry.KindRelease, registry.KindExperiment, registry.KindOps, registry.KindPermission:
		row.SetKind(purpose, k)
	}
	values := map[string]registry.Value{} // by key and identifier of the variation
	for _, variation := range feature.List("variations") {
		v := variation.Get("variables").Get(row.Key)
		if !v.Exists() {
			continue
		}
		value, ok := v.ValueOf(row.Type)
		if !ok {
			continue
		}
		row.Variant(value)
		for _, name := range []string{"key", "_id"} {
			if id := variation.Text(name); id != "" {
				values[id] = value
			}
		}
	}
	since := feature.Get("updatedAt").Time()
	status, static := feature.Get("status"), feature.Get("staticVariation")
	switch status.AsText() {
	case "archived":
		row.Retire()
		return
	case "complete":
		if static.Exists() {
			if v, ok := values[static.AsText()]; ok {
				row.Retire()
				row.Serve("", static, v, since)
			} else {
				row.Fallback("", static, since)
			}
			return
		}
	}
	for _, c := range feature.List("configurations") {
		readConfiguration(row, c, values)
	}
}

// readConfiguration reads what is served in one environment.
func readConfiguration(row *read.Row, c read.Node, values map[string]registry.Value) {
	env := c.Get("environment")
	name := ""
	switch {
	case env.Is(yamltree.Map):
		name = env.Text("key")
	case env.Exists():
		name = env.AsText()
	default:
		name = c.Text("_environment")
	}
	since := c.Get("updatedAt").Time()
	targets := c.List("targets")
	switch {
	case c.Text("status") != "active", len(targets) == 0:
		row.Fallback(name, c, since)
	default:
		if v, ok := everyone(targets[0], values); ok {
			row.Serve(name, targets[0], v, since)
			return
		}
		row.Depends(name, c)
	}
}

// everyone returns the value that a target gives to all.
func everyone(target read.Node, values map[string]registry.Value) (registry.Value, bool) {
	filters := target.Get("audience").Get("filters")
	if target.Get("rollout").Exists() || filters.Get("filters").Len() == 0 {
		return registry.Value{}, false
	}
	for _, f := range filters.List("filters") {
		if f.Text("type") != "all" {
			return registry.Value{}, false
		}
	}
	for _, d := range target.List("distribution") {
		if d.Number("percentage", 0) == 1 {
			v, ok := values[d.Text("_variation")]
			return v, ok
		}
	}
	return registry.Value{}, false
}
