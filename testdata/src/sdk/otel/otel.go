// Package otel uses every row of the provider otel.
package otel

import "go.opentelemetry.io/collector/featuregate"

var alphaGate = featuregate.GlobalRegistry().MustRegister( // want `declaration component.UseNewThing` `registered component.UseNewThing active default=false`
	"component.UseNewThing",
	featuregate.StageAlpha,
	featuregate.WithRegisterDescription("Use the new thing"),
	featuregate.WithRegisterReferenceURL("https://example.com/1"),
	featuregate.WithRegisterFromVersion("v0.100.0"),
)

var betaGate = featuregate.GlobalRegistry().MustRegister("component.Beta", featuregate.StageBeta) // want `declaration component.Beta` `registered component.Beta active default=true`

var stableGate = featuregate.GlobalRegistry().MustRegister("component.Stable", featuregate.StageStable, featuregate.WithRegisterToVersion("v0.130.0")) // want `declaration component.Stable` `registered component.Stable retired default=true value=true expires=v0.130.0 locked`

var goneGate = featuregate.GlobalRegistry().MustRegister("component.Gone", featuregate.StageDeprecated, featuregate.WithRegisterToVersion("v0.131.0")) // want `declaration component.Gone` `registered component.Gone retired default=false value=false expires=v0.131.0 locked`

func own(registry *featuregate.Registry) bool {
	gate, err := registry.Register("component.Own", featuregate.StageAlpha) // want `declaration component.Own` `registered component.Own active default=false`
	if err != nil {
		return false
	}
	return gate.IsEnabled() // want `evaluation component.Own bool`
}

func use() string {
	switch {
	case alphaGate.IsEnabled(): // want `evaluation component.UseNewThing bool`
		return alphaGate.ID() // want `mention component.UseNewThing`
	case betaGate.IsEnabled(), stableGate.IsEnabled(): // want `evaluation component.Beta bool` `evaluation component.Stable bool`
		return "on"
	case !goneGate.IsEnabled(): // want `evaluation component.Gone bool`
		return "gone"
	}
	return ""
}
