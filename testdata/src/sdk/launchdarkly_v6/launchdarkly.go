// Package launchdarkly uses every row of the provider launchdarkly.
package launchdarkly

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	ldclient "github.com/launchdarkly/go-server-sdk/v6"
	"github.com/launchdarkly/go-server-sdk/v6/interfaces"
	"github.com/launchdarkly/go-server-sdk/v6/interfaces/flagstate"
)

func flagstateAllFlags(allFlags flagstate.AllFlags) {
	_, _ = allFlags.GetFlag("get-flag") // want `evaluation get-flag json`
	_ = allFlags.GetValue("get-value")  // want `evaluation get-value json`
}

func ldclientLDClient(context ldcontext.Context, lDClient *ldclient.LDClient, value ldvalue.Value) {
	_, _ = lDClient.BoolVariation("bool-variation", context, true)                       // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClient.BoolVariationDetail("bool-variation-detail", context, true)       // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClient.IntVariation("int-variation", context, 3)                            // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClient.IntVariationDetail("int-variation-detail", context, 3)            // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClient.Float64Variation("float64-variation", context, 0.5)                  // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClient.Float64VariationDetail("float64-variation-detail", context, 0.5)  // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClient.StringVariation("string-variation", context, "blue")                 // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClient.StringVariationDetail("string-variation-detail", context, "blue") // want `evaluation string-variation-detail string default="blue" error`
	_, _ = lDClient.JSONVariation("json-variation", context, value)                      // want `evaluation json-variation json error`
	_, _, _ = lDClient.JSONVariationDetail("json-variation-detail", context, value)      // want `evaluation json-variation-detail json error`
	_ = lDClient.AllFlagsState(context)                                                  // want `evaluation ?`
}

func interfacesFlagTracker(context ldcontext.Context, flagTracker interfaces.FlagTracker, value ldvalue.Value) {
	_ = flagTracker.AddFlagValueChangeListener("add-flag-value-change-listener", context, value) // want `mention add-flag-value-change-listener`
}

func interfacesLDClientEvaluations(context ldcontext.Context, lDClientEvaluations interfaces.LDClientEvaluations, value ldvalue.Value) {
	_ = lDClientEvaluations.AllFlagsState(context)                                                  // want `evaluation ?`
	_, _ = lDClientEvaluations.BoolVariation("bool-variation", context, true)                       // want `evaluation bool-variation bool default=true error`
	_, _, _ = lDClientEvaluations.BoolVariationDetail("bool-variation-detail", context, true)       // want `evaluation bool-variation-detail bool default=true error`
	_, _ = lDClientEvaluations.Float64Variation("float64-variation", context, 0.5)                  // want `evaluation float64-variation float default=0.5 error`
	_, _, _ = lDClientEvaluations.Float64VariationDetail("float64-variation-detail", context, 0.5)  // want `evaluation float64-variation-detail float default=0.5 error`
	_, _ = lDClientEvaluations.IntVariation("int-variation", context, 3)                            // want `evaluation int-variation int default=3 error`
	_, _, _ = lDClientEvaluations.IntVariationDetail("int-variation-detail", context, 3)            // want `evaluation int-variation-detail int default=3 error`
	_, _ = lDClientEvaluations.JSONVariation("json-variation", context, value)                      // want `evaluation json-variation json error`
	_, _, _ = lDClientEvaluations.JSONVariationDetail("json-variation-detail", context, value)      // want `evaluation json-variation-detail json error`
	_, _ = lDClientEvaluations.StringVariation("string-variation", context, "blue")                 // want `evaluation string-variation string default="blue" error`
	_, _, _ = lDClientEvaluations.StringVariationDetail("string-variation-detail", context, "blue") // want `evaluation string-variation-detail string default="blue" error`
}
