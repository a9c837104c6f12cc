// Package microsoft uses every row of the provider microsoft.
package microsoft

import (
	"github.com/microsoft/Featuremanagement-Go/featuremanagement"
)

func featuremanagementFeatureManager(featureManager *featuremanagement.FeatureManager, v1 any) {
	_, _ = featureManager.IsEnabled("is-enabled")                                    // want `evaluation is-enabled bool error`
	_, _ = featureManager.IsEnabledWithAppContext("is-enabled-with-app-context", v1) // want `evaluation is-enabled-with-app-context bool error`
	_, _ = featureManager.GetVariant("get-variant", v1)                              // want `evaluation get-variant string error`
}
