// Package featuregate is an invented gate system after the manner of Kubernetes.
package featuregate

type Feature string

type FeatureSpec struct {
	Default       bool
	LockToDefault bool
	PreRelease    string
}

const GA = ""

const Alpha = "ALPHA"

// Upstream is a gate that this repository declares and registers.
const Upstream Feature = "Upstream"

type Gates struct{ specs map[Feature]FeatureSpec }

func (g *Gates) Add(specs map[Feature]FeatureSpec) {}

func (g *Gates) Enabled(f Feature) bool { return g.specs[f].Default }

var Default = &Gates{}

func (g *Gates) Set(f Feature, on bool) { g.specs[f] = FeatureSpec{Default: on} }
