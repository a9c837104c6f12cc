// Package gofeatureflag reads flag files of GO Feature Flag (v1), YAML, JSON or
// TOML.
package gofeatureflag

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "go-feature-flag", Runtime: true, Is: is, Read: parse}
}

// is takes a map from key to flag, one of which has variations and a default rule.
func is(root read.Node) bool {
	if !root.Is(yamltree.Map) {
		return false
	}
	for _, flag := range root.Values() {
		if flag.At("variations").Is(yamltree.Map) && flag.At("defaultRule").Is(yamltree.Map) {
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	for key, flag := range root.Entries() {
		readFlag(f.KeyRow(key), flag)
	}
}

func readFlag(row *read.Row, flag read.Node) {
	variations, _ := flag.Required("variations")
	values := map[string]registry.Value{}
	for name, value := range variations.Entries() {
		values[name.Key()] = value.Value()
		row.Variant(value.Value())
	}
	row.Metadata(flag.Get("metadata"))
	experiment := flag.Get("experimentation")
	if experiment.Exists() {
		row.SetKind(experiment, registry.KindExperiment)
		end := experiment.Get("end")
		row.SetExpires(end, end.Date())
	}
	disabled := flag.Bool("disable", false)
	rule, ok := flag.Required("defaultRule")
	if !ok {
		return
	}
	value, at, fixed := served(rule, values)
	targeted := false
	for _, t := range flag.List("targeting") {
		targeted = !t.Bool("disable", false) || targeted
	}
	planned := flag.Get("scheduledRollout")
	switch {
	case disabled:
		row.Fallback("", flag.Get("disable"), registry.Date{})
	case targeted:
		row.Depends("", flag.Get("targeting"))
	case experiment.Exists():
		row.Depends("", experiment)
	case len(planned.Items()) > 0:
		row.Depends("", planned)
	case fixed:
		row.Serve("", at, value, registry.Date{})
	default:
		row.Depends("", rule)
	}
}

// served returns the one value that a rule serves.
func served(rule read.Node, values map[string]registry.Value) (v registry.Value, at read.Node, fixed bool) {
	if name := rule.Get("variation"); name.Exists() {
		if v, fixed = values[name.AsText()]; !fixed {
			name.Errorf("variation is none of the flag's variations")
		}
		return v, name, fixed
	}
	for name, percent := range rule.Get("percentage").Entries() {
		served, known := values[name.Key()]
		if !known {
			name.Errorf("percentage is given for none of the flag's variations")
		} else if rule.Get("percentage").Number(name.Key(), 0) == 100 {
			v, at, fixed = served, percent, true
		}
	}
	return v, at, fixed && !rule.Get("progressiveRollout").Exists()
}
