// Package kubernetes uses every row of the provider kubernetes.
package kubernetes

import (
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/component-base/featuregate"
)

// The gates, named as Kubernetes does.
const (
	NewThing featuregate.Feature = "NewThing" // want `declaration NewThing`
	Locked   featuregate.Feature = "Locked"   // want `declaration Locked`
	Gone     featuregate.Feature = "Gone"     // want `declaration Gone`
	Stepwise featuregate.Feature = "Stepwise" // want `declaration Stepwise`
)

var defaults = map[featuregate.Feature]featuregate.FeatureSpec{
	NewThing: {Default: false, PreRelease: featuregate.Alpha},                  // want `declaration NewThing` `registered NewThing active default=false`
	Locked:   {Default: true, PreRelease: featuregate.GA, LockToDefault: true}, // want `declaration Locked` `registered Locked retired default=true value=true locked`
	Gone:     {Default: false, PreRelease: featuregate.Deprecated},             // want `declaration Gone` `registered Gone active default=false`
}

var versioned = map[featuregate.Feature]featuregate.VersionedSpecs{
	Stepwise: { // want `declaration Stepwise` `registered Stepwise active default=true`
		{Version: version.MustParse("1.33"), Default: false, PreRelease: featuregate.Alpha},
		{Version: version.MustParse("1.34"), Default: true, PreRelease: featuregate.Beta},
	},
}

var gate = featuregate.NewFeatureGate()

func init() {
	if err := gate.Add(defaults); err != nil {
		panic(err)
	}
	if err := gate.AddVersioned(versioned); err != nil {
		panic(err)
	}
}

func use(g featuregate.FeatureGate, m featuregate.MutableVersionedFeatureGate) bool {
	if gate.Enabled(NewThing) { // want `evaluation NewThing bool`
		return true
	}
	if m.ExplicitlySet(Gone) || m.ResetFeatureValueToDefault(Gone) != nil { // want `mention Gone` `mention Gone`
		return m.Enabled(Gone) // want `evaluation Gone bool`
	}
	if gate.ExplicitlySet(Locked) || gate.ResetFeatureValueToDefault(Locked) != nil { // want `mention Locked` `mention Locked`
		return false
	}
	return g.Enabled(Stepwise) && g.Enabled("ByLiteral") // want `evaluation Stepwise bool` `evaluation ByLiteral bool`
}

// known lists names, and evaluates nothing
func known(g featuregate.FeatureGate) []string { return g.KnownFeatures() }
