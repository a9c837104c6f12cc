// Package split reads what the Admin API (v2) of Split, now Harness FME, returns of
// feature flags and of their definitions in environments.
package split

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "split", Runtime: true, Is: is, Read: parse}
}

func isDefinition(n read.Node) bool {
	return n.At("treatments").Is(yamltree.List) && n.At("defaultTreatment").Exists()
}

func is(root read.Node) bool {
	if isDefinition(root) {
		return true
	}
	for _, item := range list(root).Values() {
		if isDefinition(item) || item.At("trafficType").Exists() && item.At("name").Exists() && (item.At("rolloutStatus").Exists() || item.At("creationTime").Exists()) {
			return true
		}
	}
	return false
}

// list takes a list, and a page of one.
func list(root read.Node) read.Node {
	if root.Is(yamltree.List) {
		return root
	}
	return root.At("objects")
}

func parse(f *read.File, root read.Node) {
	items := []read.Node{root}
	if !isDefinition(root) {
		items = list(root).Items()
		if root.Is(yamltree.Map) {
			read.Whole(root, "totalCount", len(items))
		}
	}
	for _, item := range items {
		env := item.Get("environment")
		name := env.Get("name")
		if !name.Exists() {
			name = env.Get("id")
		}
		row := f.Lookup(item.Text("name"))
		if row == nil || !isDefinition(item) || row.ServedIn(name.AsText()) {
			if row = f.NamedRow(item, "name"); row == nil {
				continue
			}
		}
		readCommon(row, item)
		if isDefinition(item) {
			readDefinition(row, name.AsText(), item)
		}
	}
}

func readCommon(row *read.Row, item read.Node) {
	row.SetType(read.Node{}, registry.TypeString)
	row.Set("description", item.Get("description"))
	if item.Get("trafficType").Exists() {
		row.SetCreated(item.Get("creationTime"))
	}
	for _, tag := range item.List("tags") {
		if tag.Is(yamltree.String) {
			row.Tag(tag.AsText())
		} else {
			row.Tag(tag.Text("name"))
		}
	}
}

// readDefinition reads what one environment serves. The treatments are not all
// that code can get: where the SDK does not know, it gives "control", so that they
// are no list of variants.
func readDefinition(row *read.Row, env string, item read.Node) {
	known := map[string]bool{}
	for _, treatment := range item.List("treatments") {
		if name, ok := treatment.Required("name"); ok {
			known[name.AsText()] = true
		}
	}
	since := item.Get("lastUpdateTime").Time()
	serve := func(treatment read.Node) {
		if !known[treatment.AsText()] {
			treatment.Errorf("there is no such treatment")
			return
		}
		row.Serve(env, treatment, registry.String(treatment.AsText()), since)
	}
	fallback := item.Get("defaultTreatment")
	if item.Bool("killed", false) {
		serve(fallback)
		return
	}
	buckets := item.List("defaultRule")
	if len(item.List("rules")) > 0 || len(buckets) != 1 || buckets[0].Number("size", 0) != 100 {
		row.Depends(env, item)
		return
	}
	treatment, ok := buckets[0].Required("treatment")
	switch {
	case !ok:
	case item.Number("trafficAllocation", 100) == 100 || treatment.AsText() == fallback.AsText():
		if targeted(item) {
			row.Depends(env, item)
			return
		}
		serve(treatment)
	default:
		row.Depends(env, item)
	}
}

// targeted reports whether treatments name keys or segments that get them.
func targeted(item read.Node) bool {
	for _, treatment := range item.List("treatments") {
		for _, name := range []string{"keys", "segments", "largeSegments", "ruleBasedSegments"} {
			if treatment.Get(name).Len() > 0 {
				return true
			}
		}
	}
	return false
}
