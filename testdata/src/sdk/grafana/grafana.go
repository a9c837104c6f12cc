// Package grafana uses every row of the provider grafana.
package grafana

import (
	"context"
	"github.com/grafana/grafana/pkg/services/featuremgmt"
)

func packageFeaturemgmt(featureToggles featuremgmt.FeatureToggles) {
	_ = featuremgmt.AnyEnabled(featureToggles, "any-enabled-a", "any-enabled-b") // want `evaluation any-enabled-a` `evaluation any-enabled-b`
}

func featuremgmtFeatureManager(c context.Context, featureManager *featuremgmt.FeatureManager) {
	_ = featureManager.IsEnabled(c, "is-enabled")               // want `evaluation is-enabled bool`
	_ = featureManager.IsEnabledGlobally("is-enabled-globally") // want `evaluation is-enabled-globally bool`
}

func featuremgmtFeatureToggles(c context.Context, featureToggles featuremgmt.FeatureToggles) {
	_ = featureToggles.IsEnabled(c, "is-enabled")               // want `evaluation is-enabled bool`
	_ = featureToggles.IsEnabledGlobally("is-enabled-globally") // want `evaluation is-enabled-globally bool`
}

// registry is Grafana's list of flags, in code.
var registry = []featuremgmt.FeatureFlag{
	{Name: "panelTitleSearch", Description: "Search for dashboards using panel title", Stage: featuremgmt.FeatureStagePublicPreview, Owner: "@grafana/search"},     // want `declaration panelTitleSearch` `registered panelTitleSearch active`
	{Name: "publicDashboards", Description: "Share dashboards", Stage: featuremgmt.FeatureStageGeneralAvailability, Owner: "@grafana/sharing", Expression: "true"}, // want `declaration publicDashboards` `registered publicDashboards rolled-out`
}
