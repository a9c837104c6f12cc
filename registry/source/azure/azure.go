// Package azure reads feature flags in the schema of Microsoft's feature
// management: v2 (feature_flags) and v1 (EnabledFor), as configuration files and
// exports of Azure App Configuration have them.
package azure

import (
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "azure", Runtime: true, Is: is, Read: parse}
}

// sections are the names that the section of flags has.
var sections = []string{"feature_management", "FeatureManagement", "featureManagement"}

func is(root read.Node) bool {
	for _, name := range sections {
		if root.At(name).Is(yamltree.Map) {
			return true
		}
	}
	return false
}

func parse(f *read.File, root read.Node) {
	for _, name := range sections {
		for key, value := range root.Get(name).Entries() {
			if key.Key() != "feature_flags" {
				readOld(f.KeyRow(key), value)
				continue
			}
			for _, flag := range value.Items() {
				row := f.NamedRow(flag, "id")
				if row == nil {
					continue
				}
				if strings.ContainsAny(row.Key, ":%") {
					flag.Get("id").Errorf("id has a : or %%, which no feature may")
				}
				readFlag(row, flag)
			}
		}
	}
}

// readFlag reads a flag of schema v2.
func readFlag(row *read.Row, flag read.Node) {
	row.Set("description", flag.Get("description"))
	row.Set("description", flag.Get("display_name"))
	row.Metadata(flag.Get("telemetry").Get("metadata"))
	conditions := flag.Get("conditions")
	filters := conditions.List("client_filters")
	for _, filter := range filters {
		readWindow(row, filter, "name", "parameters")
	}
	on := flag.Bool("enabled", false)
	at := flag.Get("enabled")
	if !at.Exists() {
		at = flag
	}
	switch {
	case len(flag.List("variants")) > 0 || flag.Get("allocation").Exists():
		row.SetType(read.Node{}, registry.TypeUnknown) // on or off, and one of the variants
		for _, variant := range flag.List("variants") {
			variant.Required("name")
		}
		row.Depends("", at)
		return
	case !on:
		row.Serve("", at, registry.Bool(false), registry.Date{})
	case len(filters) == 0 || always(filters, "name", conditions.Text("requirement_type")):
		row.Serve("", at, registry.Bool(true), registry.Date{})
	default:
		row.Depends("", conditions)
	}
	row.SetType(read.Node{}, registry.TypeBool)
}

// readWindow takes the end of a time window as the day by which the flag is over.
func readWindow(row *read.Row, filter read.Node, name, parameters string) {
	switch filter.Text(name) {
	case "Microsoft.TimeWindow", "TimeWindow":
		end := filter.Get(parameters).Get("End")
		if !end.Exists() {
			return
		}
		if d, ok := read.ParseDate(end.AsText()); ok {
			row.SetExpires(end, d)
		} else if d, ok := read.ParseHTTPDate(end.AsText()); ok {
			row.SetExpires(end, d)
		} else {
			end.Errorf("End is no time")
		}
	}
}

// always reports whether filters hold for everyone.
func always(filters []read.Node, name, requirement string) bool {
	all := requirement == "All"
	for _, filter := range filters {
		switch is := filter.Text(name); {
		case is == "AlwaysOn" || is == "Microsoft.AlwaysOn":
			if !all {
				return true
			}
		case all:
			return false
		}
	}
	return all
}

// readOld reads a feature of schema v1: a bool, or what it is enabled for.
func readOld(row *read.Row, value read.Node) {
	row.SetType(read.Node{}, registry.TypeBool)
	if !value.Is(yamltree.Map) {
		v, ok := value.ValueOf(registry.TypeBool)
		if ok {
			row.Serve("", value, v, registry.Date{})
		}
		return
	}
	filters := value.List("EnabledFor")
	for _, filter := range filters {
		readWindow(row, filter, "Name", "Parameters")
	}
	switch {
	case len(filters) == 0:
		row.Serve("", value, registry.Bool(false), registry.Date{})
	case always(filters, "Name", value.Text("RequirementType")):
		row.Serve("", value, registry.Bool(true), registry.Date{})
	default:
		row.Depends("", value)
	}
}
