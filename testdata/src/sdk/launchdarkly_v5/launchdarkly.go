// Package launchdarkly uses every row of the provider launchdarkly.
package launchdarkly

import (
	"gopkg.in/launchdarkly/go-sdk-common.v2/lduser"
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue"
	ldclient "gopkg.in/launchdarkly/go-server-sdk.v5"
	"gopkg.in/launchdarkly/go-server-sdk.v5/interfaces"
	"gopkg.in/launchdarkly/go-server-sdk.v5/interfaces/flagstate"
)

func flagstateAllFlags(allFlags flagstate.AllFlags) {
	_, _ = allFlags.GetFlag("get-flag") // want `evaluation get-flag json`
	_ = allFlags.GetValue("get-value")  // want `evaluation get-value json`
}

func ldclientLDClient(lDClient *ldclient.LDClient, user lduser.User, value ldvalue.Value) {
	_, _ = lDClient.BoolVariation("bool-variation", user, true)                       // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClient.BoolVariationDetail("bool-variation-detail", user, true)       // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClient.IntVariation("int-variation", user, 3)                            // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClient.IntVariationDetail("int-variation-detail", user, 3)            // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClient.Float64Variation("float64-variation", user, 0.5)                  // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClient.Float64VariationDetail("float64-variation-detail", user, 0.5)  // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClient.StringVariation("string-variation", user, "blue")                 // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClient.StringVariationDetail("string-variation-detail", user, "blue") // want `evaluation string-variation-detail string default="blue" error`
	_, _ = lDClient.JSONVariation("json-variation", user, value)                      // want `evaluation json-variation json error`
	_, _, _ = lDClient.JSONVariationDetail("json-variation-detail", user, value)      // want `evaluation json-variation-detail json error`
	_ = lDClient.AllFlagsState(user)                                                  // want `evaluation ?`
}

func interfacesFlagTracker(flagTracker interfaces.FlagTracker, user lduser.User, value ldvalue.Value) {
	_ = flagTracker.AddFlagValueChangeListener("add-flag-value-change-listener", user, value) // want `mention add-flag-value-change-listener`
}

func interfacesLDClientEvaluations(lDClientEvaluations interfaces.LDClientEvaluations, user lduser.User, value ldvalue.Value) {
	_ = lDClientEvaluations.AllFlagsState(user)                                                  // want `evaluation ?`
	_, _ = lDClientEvaluations.BoolVariation("bool-variation", user, true)                       // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClientEvaluations.BoolVariationDetail("bool-variation-detail", user, true)       // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClientEvaluations.Float64Variation("float64-variation", user, 0.5)                  // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClientEvaluations.Float64VariationDetail("float64-variation-detail", user, 0.5)  // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClientEvaluations.IntVariation("int-variation", user, 3)                            // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClientEvaluations.IntVariationDetail("int-variation-detail", user, 3)            // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClientEvaluations.JSONVariation("json-variation", user, value)                      // want `evaluation json-variation json error`
	_, _, _ = lDClientEvaluations.JSONVariationDetail("json-variation-detail", user, value)      // want `evaluation json-variation-detail json error`
	_, _ = lDClientEvaluations.StringVariation("string-variation", user, "blue")                 // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClientEvaluations.StringVariationDetail("string-variation-detail", user, "blue") // want `evaluation string-variation-detail string default="blue" error`
}
