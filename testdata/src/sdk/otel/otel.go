// Package otel uses every row of the provider otel.
package otel

import "go.opentelemetry.io/collector/featuregate"

var alphaGate = featuregate.GlobalRegistry().MustRegister( // want `declaration component.UseNewThing default=false`
	"component.UseNewThing",
	featuregate.StageAlpha,
	featuregate.WithRegisterDescription("Use the new thing"),
	featuregate.WithRegisterReferenceURL("https://example.com/1"),
	featuregate.WithRegisterFromVersion("v0.100.0"),
)

var betaGate = featuregate.GlobalRegistry().MustRegister("component.Beta", featuregate.StageBeta) // want `declaration component.Beta default=true`

var stableGate = featuregate.GlobalRegistry().MustRegister("component.Stable", featuregate.StageStable, featuregate.WithRegisterToVersion("v0.130.0")) // want `declaration component.Stable default=true`

var goneGate = featuregate.GlobalRegistry().MustRegister("component.Gone", featuregate.StageDeprecated, featuregate.WithRegisterToVersion("v0.131.0")) // want `declaration component.Gone default=false`

func own(registry *featuregate.Registry) bool {
	gate, err := registry.Register("component.Own", featuregate.StageAlpha) // want `declaration component.Own default=false`
	if err != nil {
		return false
	}
	return gate.IsEnabled() // want `evaluation component.Own bool default=false`
}

func use() string {
	switch {
	case alphaGate.IsEnabled(): // want `evaluation component.UseNewThing bool default=false`
		return alphaGate.ID() // want `mention component.UseNewThing`
	case betaGate.IsEnabled(), stableGate.IsEnabled(): // want `evaluation component.Beta bool default=true` `evaluation component.Stable bool default=true`
		return "on"
	case !goneGate.IsEnabled(): // want `evaluation component.Gone bool default=false`
		return "gone"
	}
	return ""
}
