// Package posthog reads what PostHog's API returns of feature flags.
package posthog

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "posthog", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, flag := range list(root).Values() {
		if flag.At("filters").Is(yamltree.Map) && flag.At("key").Exists() && flag.At("active").Is(yamltree.Bool) {
			return true
		}
	}
	return false
}

// list takes the list of the API, that of local evaluation, and a bare one.
func list(root read.Node) read.Node {
	if root.Is(yamltree.List) {
		return root
	}
	if flags := root.At("flags"); flags.Is(yamltree.List) {
		return flags
	}
	return root.At("results")
}

func parse(f *read.File, root read.Node) {
	if root.Is(yamltree.Map) {
		read.Last(root, "next")
	}
	for _, flag := range list(root).Items() {
		if row := f.NamedRow(flag, "key"); row != nil {
			readFlag(row, flag)
		}
	}
}

func readFlag(row *read.Row, flag read.Node) {
	row.Set("description", flag.Get("name")) // its old name
	row.SetCreated(flag.Get("created_at"))
	row.Set("owner", flag.Get("created_by").Get("email"))
	row.SetTags(flag.Get("tags"))
	if experiments := flag.Get("experiment_set"); len(experiments.Items()) > 0 {
		row.SetKind(experiments, registry.KindExperiment)
	}
	filters, _ := flag.Required("filters")
	variants := filters.Get("multivariate").List("variants")
	if len(variants) == 0 {
		row.SetType(read.Node{}, registry.TypeBool)
	} else {
		row.SetType(read.Node{}, registry.TypeUnknown) // on or off, and one of the variants
	}
	if flag.Bool("deleted", false) {
		row.Retire()
		return
	}
	since := flag.Get("updated_at").Time()
	groups := filters.List("groups")
	switch {
	case len(variants) > 0, filters.Get("aggregation_group_type_index").Exists(), filters.Get("holdout_groups").Len() > 0, filters.Get("super_groups").Len() > 0:
		row.Depends("", filters)
	case !flag.RequiredBool("active"):
		row.Serve("", flag.Get("active"), registry.Bool(false), since)
	case len(groups) == 0:
		row.Depends("", filters)
	default:
		for _, g := range groups {
			if len(g.List("properties")) == 0 && g.Number("rollout_percentage", 100) == 100 {
				row.Serve("", g, registry.Bool(true), since)
				return
			}
		}
		row.Depends("", filters)
	}
}
