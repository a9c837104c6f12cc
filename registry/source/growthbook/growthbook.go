// Package growthbook reads GrowthBook's SDK payload, and what its REST API (v1 and
// v2) returns of features and of stale features.
package growthbook

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "growthbook", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	features := root.At("features")
	for _, feature := range features.Values() {
		switch {
		case features.Is(yamltree.List):
			if feature.At("valueType").Is(yamltree.String) && feature.At("id").Exists() {
				return true
			}
		case feature.At("defaultValue").Exists() || feature.At("rules").Is(yamltree.List) || feature.At("isStale").Is(yamltree.Bool):
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	features, _ := root.Required("features")
	if features.Is(yamltree.List) {
		read.Whole(root, "total", len(features.Items()))
		for _, feature := range features.Items() {
			if row := f.NamedRow(feature, "id"); row != nil {
				readREST(row, feature)
			}
		}
		return
	}
	for key, feature := range features.Entries() {
		row := f.KeyRow(key)
		if feature.Get("isStale").Exists() {
			readStale(row, feature)
		} else {
			readPayload(row, feature)
		}
	}
}

// readPayload reads a feature as SDKs get it.
func readPayload(row *read.Row, feature read.Node) {
	rules := feature.List("rules")
	for _, rule := range rules {
		if force := rule.Get("force"); force.Exists() {
			row.Seen(force.Value())
		}
		for _, v := range rule.List("variations") {
			row.Seen(v.Value())
		}
		for _, p := range rule.List("parentConditions") {
			row.Require(p.Get("id"))
		}
		if len(rule.List("variations")) > 0 {
			row.SetKind(rule, registry.KindExperiment)
		}
	}
	served := feature.Get("defaultValue")
	if served.Exists() {
		row.Seen(served.Value())
	}
	switch {
	case len(rules) == 0:
		serve(row, feature, served)
	case forAll(rules[0]):
		serve(row, feature, rules[0].Get("force"))
	default:
		row.Depends("", feature.Get("rules"))
	}
}

func serve(row *read.Row, feature, served read.Node) {
	if served.Exists() {
		row.Serve("", served, served.Value(), registry.Date{})
		return
	}
	row.Fallback("", feature, registry.Date{})
}

// forAll reports whether a rule forces its value on everyone. A rule with a
// condition of a kind that is not known has more fields than these.
func forAll(rule read.Node) bool {
	for name, value := range rule.Entries() {
		switch name.Key() {
		case "force", "id", "hashAttribute", "fallbackAttribute", "hashVersion", "name", "tracks", "minBucketVersion", "disableStickyBucketing":
		case "coverage":
			if rule.Number("coverage", 1) != 1 {
				return false
			}
		default:
			if value.Exists() && (value.Len() > 0 || !value.Is(yamltree.List) && !value.Is(yamltree.Map)) {
				return false
			}
		}
	}
	return rule.Get("force").Exists()
}

var types = map[string]registry.Type{"boolean": registry.TypeBool, "string": registry.TypeString, "json": registry.TypeJSON}

// readREST reads a feature as the API lists it; values are texts there.
func readREST(row *read.Row, feature read.Node) {
	kind := feature.Get("valueType")
	t, number := types[kind.AsText()], kind.AsText() == "number"
	switch {
	case t != registry.TypeUnknown:
		row.SetType(kind, t)
	case number:
		t = registry.TypeFloat // ints and floats are one there
		row.SetType(read.Node{}, registry.TypeUnknown)
	default:
		kind.Errorf("valueType must be boolean, string, number or json")
		return
	}
	row.Set("description", feature.Get("description"))
	row.Set("owner", feature.Get("owner"))
	row.SetCreated(feature.Get("dateCreated"))
	row.SetTags(feature.Get("tags"))
	for _, p := range feature.List("prerequisites") {
		if p.Is(yamltree.String) {
			row.Require(p)
		} else {
			row.Require(p.Get("id"))
		}
	}
	if feature.Bool("archived", false) {
		row.Retire()
		return
	}
	since := feature.Get("dateUpdated").Time()
	for name, env := range feature.Get("environments").Entries() {
		served := env.Get("defaultValue")
		if !served.Exists() {
			served = feature.Get("defaultValue")
		}
		switch {
		case !env.Bool("enabled", false):
			row.Fallback(name.Key(), env, since)
		case ruled(env.List("rules"), "") || ruled(feature.List("rules"), name.Key()) || len(row.Requires) > 0 || !served.Exists():
			row.Depends(name.Key(), env)
		default:
			if v, ok := served.ValueOf(t); ok {
				row.Serve(name.Key(), served, v, since)
			}
		}
	}
}

// ruled reports whether one of the rules counts in an environment.
func ruled(rules []read.Node, env string) bool {
	for _, rule := range rules {
		if !rule.Bool("enabled", true) {
			continue
		}
		envs := rule.Get("environments")
		if env == "" || rule.Bool("allEnvironments", false) || !envs.Exists() {
			return true
		}
		for _, e := range envs.Items() {
			if e.AsText() == env {
				return true
			}
		}
	}
	return false
}

// readStale reads what is served as the stale endpoint says.
func readStale(row *read.Row, feature read.Node) {
	row.Permanent = feature.Bool("neverStale", false)
	for name, env := range feature.Get("staleByEnv").Entries() {
		served := env.Get("evaluatesTo")
		if !served.Exists() {
			row.Depends(name.Key(), env)
			continue
		}
		v := served.Value()
		if served.Is(yamltree.String) {
			v, _ = registry.ParseValue(registry.TypeUnknown, served.Spelling())
		}
		row.Serve(name.Key(), served, v, registry.Date{})
	}
}
