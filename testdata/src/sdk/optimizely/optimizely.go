// Package optimizely uses every row of the provider optimizely.
package optimizely

import (
	"github.com/optimizely/go-sdk/v2/pkg/client"
	"github.com/optimizely/go-sdk/v2/pkg/entities"
)

func clientOptimizelyClient(optimizelyClient *client.OptimizelyClient, userContext entities.UserContext) {
	_, _ = optimizelyClient.IsFeatureEnabled("is-feature-enabled", userContext)                                           // want `evaluation is-feature-enabled bool error`
	_, _ = optimizelyClient.GetAllFeatureVariables("get-all-feature-variables", userContext)                              // want `evaluation get-all-feature-variables error`
	_, _, _ = optimizelyClient.GetAllFeatureVariablesWithDecision("get-all-feature-variables-with-decision", userContext) // want `evaluation get-all-feature-variables-with-decision bool error`
	_, _ = optimizelyClient.GetEnabledFeatures(userContext)                                                               // want `evaluation ?`
	_, _ = optimizelyClient.Activate("activate", userContext)                                                             // want `evaluation activate string error`
	_, _ = optimizelyClient.GetVariation("get-variation", userContext)                                                    // want `evaluation get-variation string error`
	_, _ = optimizelyClient.GetFeatureVariableBoolean("get-feature-variable-boolean", "size", userContext)                // want `evaluation get-feature-variable-boolean/size bool error`
	_, _ = optimizelyClient.GetFeatureVariableInteger("get-feature-variable-integer", "size", userContext)                // want `evaluation get-feature-variable-integer/size int error`
	_, _ = optimizelyClient.GetFeatureVariableDouble("get-feature-variable-double", "size", userContext)                  // want `evaluation get-feature-variable-double/size float error`
	_, _ = optimizelyClient.GetFeatureVariableString("get-feature-variable-string", "size", userContext)                  // want `evaluation get-feature-variable-string/size string error`
	_, _ = optimizelyClient.GetFeatureVariableJSON("get-feature-variable-json", "size", userContext)                      // want `evaluation get-feature-variable-json/size json error`
}

func clientOptimizelyUserContext(optimizelyUserContext *client.OptimizelyUserContext, v1 []string) {
	_ = optimizelyUserContext.Decide("decide", v1)                                                  // want `evaluation decide bool`
	_ = optimizelyUserContext.DecideForKeys([]string{"decide-for-keys-a", "decide-for-keys-b"}, v1) // want `evaluation decide-for-keys-a bool inexact` `evaluation decide-for-keys-b bool inexact`
	_ = optimizelyUserContext.DecideAll(v1)                                                         // want `evaluation ? bool`
}
