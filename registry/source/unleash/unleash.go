// Package unleash reads what Unleash (server of 2026-08) returns of features: to
// clients (and bootstrap files), to its admin interface, and as an export.
package unleash

import (
	"strconv"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "unleash", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	features := root.At("features")
	if !features.Is(yamltree.List) {
		return false
	}
	if root.At("featureStrategies").Is(yamltree.List) {
		return true
	}
	for _, feature := range features.Values() {
		if feature.At("name").Exists() && feature.At("type").Is(yamltree.String) &&
			(feature.At("strategies").Is(yamltree.List) || feature.At("environments").Is(yamltree.List) || feature.At("stale").Is(yamltree.Bool)) {
			return true
		}
	}
	return false
}

// place is a feature in an environment.
type place struct{ feature, env string }

func parse(f *read.File, root read.Node) {
	features, _ := root.Required("features")
	export := root.Get("featureStrategies").Exists()
	for _, feature := range features.Items() {
		row := f.NamedRow(feature, "name")
		if row == nil {
			continue
		}
		readFeature(row, feature)
		switch archived := feature.Bool("archived", false); {
		case archived || row.State == registry.StateRetired && stage(feature) == "archived":
			row.Retire()
		case export:
		case feature.Get("environments").Exists():
			for _, env := range feature.List("environments") {
				name, ok := env.Required("name")
				if !ok {
					continue
				}
				readEnvironment(row, name.AsText(), feature, env, env.Get("strategies").Exists(), env.List("strategies"))
			}
		case feature.Get("enabled").Exists():
			readEnvironment(row, "", feature, feature, true, feature.List("strategies"))
		}
	}
	if export {
		readExport(f, root)
	}
}

func readFeature(row *read.Row, feature read.Node) {
	row.SetType(read.Node{}, registry.TypeBool)
	row.Set("description", feature.Get("description"))
	row.SetCreated(feature.Get("createdAt"))
	row.Set("owner", feature.Get("createdBy").Get("name"))
	for _, tag := range feature.List("tags") {
		row.Tag(tag.Text("value"))
	}
	kind := feature.Get("type")
	switch kind.AsText() {
	case "release":
		row.SetKind(kind, registry.KindRelease)
	case "experiment":
		row.SetKind(kind, registry.KindExperiment)
	case "operational":
		row.SetKind(kind, registry.KindOps)
	case "kill-switch":
		row.SetKind(kind, registry.KindKillSwitch)
	case "permission":
		row.SetKind(kind, registry.KindPermission)
	case "sunset":
		row.SetKind(kind, registry.KindRelease)
		if !row.Created.IsZero() {
			row.SetExpires(kind, row.Created.AddDays(90))
		}
	}
	for _, d := range feature.List("dependencies") {
		row.Require(d.Get("feature"))
	}
	switch stage(feature) {
	case "completed", "archived":
		row.Retire()
	}
}

func stage(feature read.Node) string {
	lifecycle := feature.Get("lifecycle")
	if lifecycle.Is(yamltree.Map) {
		return lifecycle.Text("stage")
	}
	return ""
}

// readEnvironment reads what one environment serves. Lists of features leave the
// strategies out.
func readEnvironment(row *read.Row, name string, feature, env read.Node, listed bool, strategies []read.Node) {
	on := env.Get("enabled")
	if !on.Exists() {
		env.Errorf("has no enabled")
		return
	}
	variants := len(feature.List("variants"))+len(env.List("variants")) > 0
	for _, s := range strategies {
		variants = variants || len(s.List("variants")) > 0
	}
	switch {
	case variants:
		row.SetType(read.Node{}, registry.TypeUnknown) // it is both a bool and one of its variants
		row.Depends(name, env)
	case !env.Bool("enabled", false):
		row.Serve(name, on, registry.Bool(false), registry.Date{})
	case listed && len(row.Requires) == 0 && everyone(strategies):
		row.Serve(name, on, registry.Bool(true), registry.Date{})
	default:
		row.Depends(name, env)
	}
}

// everyone reports whether strategies, of which one has to hold, hold for everyone.
func everyone(strategies []read.Node) bool {
	all := len(strategies) == 0
	for _, s := range strategies {
		if s.Bool("disabled", false) || len(s.List("constraints")) > 0 || len(s.List("segments")) > 0 {
			continue
		}
		name := s.Get("name")
		if !name.Exists() {
			name = s.Get("strategyName")
		}
		parameters := s.Get("parameters")
		switch name.AsText() {
		case "default":
			all = true
		case "flexibleRollout":
			all = all || isHundred(parameters.Get("rollout"))
		case "gradualRolloutRandom", "gradualRolloutUserId", "gradualRolloutSessionId":
			all = all || isHundred(parameters.Get("percentage"))
		}
	}
	return all
}

// isHundred takes 100 as a text too.
func isHundred(n read.Node) bool {
	if !n.Exists() {
		return false
	}
	v, err := strconv.ParseFloat(n.Spelling(), 64)
	if err != nil {
		n.Want("a percentage")
	}
	return v == 100
}

// readExport joins an export's lists.
func readExport(f *read.File, root read.Node) {
	strategies := map[place][]read.Node{}
	for _, s := range root.List("featureStrategies") {
		at := place{s.Text("featureName"), s.Text("environment")}
		strategies[at] = append(strategies[at], s)
	}
	for _, d := range root.List("dependencies") {
		row := f.Lookup(d.Text("feature"))
		for _, parent := range d.List("dependencies") {
			if row != nil {
				row.Require(parent.Get("feature"))
			}
		}
	}
	for _, tag := range root.List("featureTags") {
		if row := f.Lookup(tag.Text("featureName")); row != nil {
			value := tag.Get("tagValue")
			if !value.Exists() {
				value = tag.Get("value")
			}
			row.Tag(value.AsText())
		}
	}
	none := read.Node{}
	for _, env := range root.List("featureEnvironments") {
		feature, environment := env.Text("featureName"), env.Text("environment")
		if row := f.Lookup(feature); row != nil {
			readEnvironment(row, environment, none, env, true, strategies[place{feature, environment}])
		}
	}
}
