package grafana

import "github.com/grafana/grafana/pkg/services/featuremgmt"

func overrides() {
	_ = featuremgmt.WithFeatures("with-features", "with-features-off", false) // want `override with-features set=true` `override with-features-off set=false`
	_ = featuremgmt.WithToggles("with-toggles")                               // want `override with-toggles set=true`
}
