// Package harness reads what the API of Harness Feature Flags returns of features.
package harness

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "harness", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, feature := range root.At("features").Values() {
		if feature.At("identifier").Exists() && feature.At("variations").Is(yamltree.List) {
			return true
		}
	}
	return false
}

var types = map[string]registry.Type{
	"boolean": registry.TypeBool, "string": registry.TypeString, "int": registry.TypeInt, "json": registry.TypeJSON,
}

func parse(f *read.File, root read.Node) {
	features := root.List("features")
	read.Whole(root, "itemCount", len(features))
	for _, feature := range features {
		if row := f.NamedRow(feature, "identifier"); row != nil {
			readFeature(row, feature)
		}
	}
}

func readFeature(row *read.Row, feature read.Node) {
	kind, ok := feature.Required("kind")
	if !ok {
		return
	}
	t, known := types[kind.AsText()]
	if !known {
		kind.Errorf("kind must be boolean, string, int or json")
		return
	}
	row.SetType(kind, t)
	row.Set("description", feature.Get("description"))
	row.Set("description", feature.Get("name"))
	for _, owner := range feature.List("owner") {
		row.Set("owner", owner)
	}
	row.SetCreated(feature.Get("createdAt"))
	row.Permanent = feature.Bool("permanent", false)
	for _, tag := range feature.List("tags") {
		row.Tag(tag.Text("name"))
	}
	values := map[string]registry.Value{}
	for _, variation := range feature.List("variations") {
		id, ok := variation.Required("identifier")
		if !ok {
			continue
		}
		if value, ok := variation.Required("value"); ok {
			if v, ok := value.ValueOf(t); ok {
				values[id.AsText()] = v
				row.Variant(v)
			}
		}
	}
	for _, p := range feature.List("prerequisites") {
		row.Require(p.Get("feature"))
	}
	if feature.Bool("archived", false) {
		row.Retire()
		return
	}
	if c := feature.Get("envProperties"); c.Exists() {
		readEnvironment(row, feature, c, values)
	}
}

func readEnvironment(row *read.Row, feature, c read.Node, values map[string]registry.Value) {
	env := c.Text("environment")
	since := c.Get("modifiedAt").Time()
	serve := func(variation read.Node) {
		v, ok := values[variation.AsText()]
		if !ok {
			variation.Errorf("there is no such variation")
			return
		}
		row.Serve(env, variation, v, since)
	}
	state, ok := c.Required("state")
	if !ok {
		return
	}
	switch state.AsText() {
	case "off":
		off := c.Get("offVariation")
		if !off.Exists() {
			off = feature.Get("defaultOffVariation")
		}
		if off.Exists() {
			serve(off)
		} else {
			row.Fallback(env, state, since)
		}
	case "on":
		served := c.Get("defaultServe").Get("variation")
		if len(c.List("rules")) > 0 || len(c.List("variationMap")) > 0 || len(row.Requires) > 0 || !served.Exists() {
			row.Depends(env, c)
			return
		}
		serve(served)
	default:
		state.Errorf("state must be on or off")
	}
}
