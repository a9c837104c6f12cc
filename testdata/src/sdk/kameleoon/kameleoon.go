// Package kameleoon uses every row of the provider kameleoon.
package kameleoon

import (
	kameleoon "github.com/Kameleoon/client-go/v3"
)

func kameleoonKameleoonClient(kameleoonClient kameleoon.KameleoonClient, v1 bool) {
	_, _ = kameleoonClient.GetFeatureVariable("user", "get-feature-variable", "size")                 // want `evaluation get-feature-variable/size error`
	_, _ = kameleoonClient.GetFeatureVariationKey("user", "get-feature-variation-key")                // want `evaluation get-feature-variation-key string error`
	_, _ = kameleoonClient.GetFeatureVariationVariables("get-feature-variation-variables", "user")    // want `evaluation get-feature-variation-variables error`
	_, _ = kameleoonClient.GetVariation("user", "get-variation", v1)                                  // want `evaluation get-variation string error`
	_, _ = kameleoonClient.IsFeatureActive("user", "is-feature-active")                               // want `evaluation is-feature-active bool error`
	_, _ = kameleoonClient.IsFeatureActiveWithTracking("user", "is-feature-active-with-tracking", v1) // want `evaluation is-feature-active-with-tracking bool error`
}
