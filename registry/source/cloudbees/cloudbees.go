// Package cloudbees reads the configuration as code of CloudBees Feature
// Management (Unify) and of Rollout, and what its REST API (v2) returns of flags.
package cloudbees

import (
	"path"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "cloudbees", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	if root.At("flag").Is(yamltree.String) {
		for _, name := range []string{"value", "conditions", "variants", "availableValues", "labels", "type"} {
			if root.At(name).Exists() {
				return true
			}
		}
	}
	for _, flag := range root.At("flags").Values() {
		if flag.At("flagType").Is(yamltree.String) && flag.At("name").Is(yamltree.String) {
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	if flags := root.Get("flags"); flags.Exists() {
		for _, flag := range flags.Items() {
			if row := f.NamedRow(flag, "name"); row != nil {
				readREST(row, flag)
			}
		}
		return
	}
	row := f.NamedRow(root, "flag")
	if row == nil {
		return
	}
	row.Set("description", root.Get("description"))
	row.SetTags(root.Get("labels"))
	for _, name := range []string{"variants", "availableValues"} {
		for _, value := range root.List(name) {
			row.Variant(variant(value))
		}
	}
	env := environment(f.Name)
	value, conditions := root.Get("value"), root.Get("conditions")
	switch {
	case !root.Bool("enabled", true):
		row.Fallback(env, root.Get("enabled"), registry.Date{})
	case len(conditions.Items()) > 0:
		row.Depends(env, conditions)
	case value.Exists():
		serve(row, env, value)
	}
}

// environment is the directory of a file below flag-configurations.
func environment(name string) string {
	dir := path.Dir(name)
	if path.Base(path.Dir(dir)) == "flag-configurations" {
		return path.Base(dir)
	}
	return ""
}

// variant reads "true" and "false" as what they mean: variants are texts always.
func variant(n read.Node) registry.Value {
	if text := n.Spelling(); text == "true" || text == "false" {
		return registry.Bool(text == "true")
	}
	return n.Value()
}

// serve reads a value: one for everyone, or a list of options with percentages.
func serve(row *read.Row, env string, value read.Node) {
	if !value.Is(yamltree.List) {
		row.Serve(env, value, variant(value), registry.Date{})
		return
	}
	for _, option := range value.Items() {
		if option.Number("percentage", 0) == 100 {
			if at, ok := option.Required("option"); ok {
				row.Serve(env, at, variant(at), registry.Date{})
			}
			return
		}
	}
	row.Depends(env, value)
}

// readREST reads a flag of GET /v2/applications/{id}/flags.
func readREST(row *read.Row, flag read.Node) {
	kind := flag.Get("flagType")
	switch strings.ToLower(kind.AsText()) {
	case "boolean":
		row.SetType(kind, registry.TypeBool)
	case "string":
		row.SetType(kind, registry.TypeString)
	}
	row.Set("description", flag.Get("description"))
	row.SetTags(flag.Get("labels"))
	row.SetCreated(flag.Get("created"))
	row.Permanent = flag.Bool("isPermanent", false)
	for _, v := range flag.List("variants") {
		if value, ok := typed(row, v); ok {
			row.Variant(value)
		}
	}
	for _, c := range flag.List("configStates") {
		env := ""
		for _, name := range []string{"environmentName", "environment", "environmentId"} {
			if at := c.Get(name); env == "" && at.Exists() {
				env = at.AsText()
			}
		}
		since := c.Get("updated").Time()
		served := c.Get("defaultValue")
		switch {
		case !c.Bool("enabled", false):
			row.Fallback(env, c, since)
		case len(c.List("conditions")) > 0 || served.Is(yamltree.List) || !served.Exists():
			row.Depends(env, c)
		default:
			if v, ok := typed(row, served); ok {
				row.Serve(env, served, v, since)
			}
		}
	}
}

// typed reads a value, which can be a text, by the type of the flag. Numbers are
// floats or ints, which the type does not tell.
func typed(row *read.Row, n read.Node) (registry.Value, bool) {
	if row.Type != registry.TypeUnknown {
		return n.ValueOf(row.Type)
	}
	v, err := registry.ParseValue(registry.TypeUnknown, n.Spelling())
	return v, err == nil
}
