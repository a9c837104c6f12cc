// Package statsig reads what the Console API of Statsig (version 20240601) returns
// of gates.
package statsig

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "statsig", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, gate := range root.At("data").Values() {
		if gate.At("isEnabled").Is(yamltree.Bool) && gate.At("id").Exists() && (gate.At("rules").Exists() || gate.At("typeReason").Exists()) {
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	read.Last(root.Get("pagination"), "nextPage")
	for _, gate := range root.List("data") {
		if row := f.NamedRow(gate, "id"); row != nil {
			readGate(row, gate)
		}
	}
}

func readGate(row *read.Row, gate read.Node) {
	row.SetType(read.Node{}, registry.TypeBool)
	row.Set("description", gate.Get("description"))
	owner := gate.Get("owner")
	row.Set("owner", owner.Get("ownerEmail"))
	row.Set("owner", owner.Get("ownerName"))
	row.Set("owner", gate.Get("team"))
	row.SetCreated(gate.Get("createdTime"))
	row.SetTags(gate.Get("tags"))
	row.Permanent = gate.Text("type") == "PERMANENT"
	since := gate.Get("lastModifiedTime").Time()
	status, on := gate.Get("status"), gate.RequiredBool("isEnabled")
	rules := gate.List("rules")
	switch name := status.AsText(); {
	case name == "Archived":
		row.Retire()
	case name == "Launched":
		row.Serve("", status, registry.Bool(true), since)
	case name == "Disabled", !on:
		row.Serve("", gate.Get("isEnabled"), registry.Bool(false), since)
	case len(rules) == 0:
		row.Serve("", gate, registry.Bool(false), since)
	case everyone(rules[0]):
		row.Serve("", rules[0], registry.Bool(true), since)
	default:
		row.Depends("", gate.Get("rules"))
	}
}

// everyone reports whether a rule passes everyone in every environment.
func everyone(rule read.Node) bool {
	if rule.Number("passPercentage", 0) != 100 || len(rule.List("environments")) > 0 {
		return false
	}
	conditions := rule.List("conditions")
	for _, c := range conditions {
		if c.Text("type") != "public" {
			return false
		}
	}
	return len(conditions) > 0
}
