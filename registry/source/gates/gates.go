// Package gates reads the lists of features that programs keep beside their code:
// those of InfluxDB (flags.yml), Kubernetes (versioned_feature_list.yaml) and the
// OpenTelemetry Collector (metadata.yaml). No program reads them while it runs.
package gates

import (
	"golang.org/x/mod/semver"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// InfluxDB returns the format of InfluxDB's flags.yml (v2.7.11).
func InfluxDB() read.Shape {
	return read.Shape{FormatName: "influxdb", Is: isInflux, Read: parseInflux}
}

func isInflux(root read.Node) bool {
	for _, flag := range root.Values() {
		if root.Is(yamltree.List) && flag.At("key").Exists() && flag.At("default").Exists() &&
			(flag.At("contact").Exists() || flag.At("lifetime").Exists() || flag.At("expose").Exists()) {
			return true
		}
	}
	return false
}

func parseInflux(f *read.File, root read.Node) {
	for _, flag := range root.Items() {
		row := f.NamedRow(flag, "key")
		if row == nil {
			continue
		}
		row.Set("description", flag.Get("description"))
		row.Set("description", flag.Get("name"))
		row.Set("owner", flag.Get("contact"))
		switch lifetime := flag.Get("lifetime"); lifetime.AsText() {
		case "permanent":
			row.Permanent = true
		case "", "temporary":
		default:
			lifetime.Errorf("lifetime must be temporary or permanent")
		}
		if d, ok := flag.Required("default"); ok {
			if d.Is(yamltree.List) || d.Is(yamltree.Map) {
				d.Want("a bool, a number or a string")
				continue
			}
			row.SetType(read.Node{}, d.Value().Type())
			row.SetDefault(d, d.Value())
		}
	}
}

// Kubernetes returns the format of versioned_feature_list.yaml, and of the list
// without versions before it.
func Kubernetes() read.Shape {
	return read.Shape{FormatName: "kubernetes", Is: isKubernetes, Read: parseKubernetes}
}

func isKubernetes(root read.Node) bool {
	for _, gate := range root.Values() {
		if root.Is(yamltree.List) && gate.At("name").Exists() && (gate.At("versionedSpecs").Is(yamltree.List) || gate.At("preRelease").Exists() && gate.At("default").Is(yamltree.Bool)) {
			return true
		}
	}
	return false
}

func parseKubernetes(f *read.File, root read.Node) {
	for _, gate := range root.Items() {
		row := f.NamedRow(gate, "name")
		if row == nil {
			continue
		}
		spec := gate
		if gate.Get("versionedSpecs").Exists() {
			specs := gate.List("versionedSpecs")
			if len(specs) == 0 {
				if gate.Get("versionedSpecs").Is(yamltree.List) {
					gate.Errorf("versionedSpecs is empty")
				}
				continue
			}
			spec = specs[len(specs)-1] // the newest
		}
		row.SetType(read.Node{}, registry.TypeBool)
		on := registry.Bool(spec.RequiredBool("default"))
		row.SetDefault(spec.Get("default"), on)
		switch stage := spec.Get("preRelease"); stage.AsText() {
		case "", "Alpha", "ALPHA", "Beta", "BETA", "GA", "Deprecated", "DEPRECATED":
		default:
			stage.Errorf("preRelease must be Alpha, Beta, GA or Deprecated")
		}
		row.State = registry.StateActive
		if spec.Bool("lockToDefault", false) {
			row.Lock(spec.Get("lockToDefault"), on)
		}
	}
}

// OTel returns the format of the feature gates in the metadata.yaml of a component
// of the OpenTelemetry Collector.
func OTel() read.Shape {
	return read.Shape{FormatName: "otel", Is: isOTel, Read: parseOTel}
}

func isOTel(root read.Node) bool {
	return root.At("feature_gates").Is(yamltree.List)
}

func parseOTel(f *read.File, root read.Node) {
	for _, gate := range root.List("feature_gates") {
		row := f.NamedRow(gate, "id")
		if row == nil {
			continue
		}
		row.SetType(read.Node{}, registry.TypeBool)
		row.Set("description", gate.Get("description"))
		row.Set("issue", gate.Get("reference_url"))
		if to := gate.Get("to_version"); to.Exists() {
			if v := to.AsText(); semver.IsValid(v) && semver.Canonical(v) == v {
				row.Expires = registry.Expiry{Version: v}
				row.Fields["expires"] = to.Pos()
			} else {
				to.Errorf("to_version is no version (want vMAJOR.MINOR.PATCH)")
			}
		}
		stage, ok := gate.Required("stage")
		if !ok {
			continue
		}
		row.State = registry.StateActive
		switch stage.AsText() {
		case "alpha":
			row.SetDefault(stage, registry.Bool(false))
		case "beta":
			row.SetDefault(stage, registry.Bool(true))
		case "stable":
			row.SetDefault(stage, registry.Bool(true))
			row.Lock(stage, registry.Bool(true))
		case "deprecated":
			row.SetDefault(stage, registry.Bool(false))
			row.Lock(stage, registry.Bool(false))
		default:
			stage.Errorf("stage must be alpha, beta, stable or deprecated")
		}
	}
}
