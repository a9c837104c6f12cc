// Package gofeatureflag uses every row of the provider gofeatureflag.
package gofeatureflag

import (
	ffclient "github.com/thomaspoignant/go-feature-flag"
	"github.com/thomaspoignant/go-feature-flag/ffcontext"
)

func packageFfclient(context ffcontext.Context, v1 []any, v2 map[string]any) {
	_ = ffclient.AllFlagsState(context)                                                        // want `evaluation ?`
	_, _ = ffclient.BoolVariation("bool-variation", context, true)                             // want `evaluation bool-variation bool default=true error`
	_, _ = ffclient.BoolVariationDetails("bool-variation-details", context, true)              // want `evaluation bool-variation-details bool default=true error`
	_, _ = ffclient.Float64Variation("float64-variation", context, 0.5)                        // want `evaluation float64-variation float default=0.5 error`
	_, _ = ffclient.Float64VariationDetails("float64-variation-details", context, 0.5)         // want `evaluation float64-variation-details float default=0.5 error`
	_, _ = ffclient.GetFlagStates(context, []string{"get-flag-states-a", "get-flag-states-b"}) // want `evaluation get-flag-states-a error` `evaluation get-flag-states-b error`
	_, _ = ffclient.IntVariation("int-variation", context, 3)                                  // want `evaluation int-variation int default=3 error`
	_, _ = ffclient.IntVariationDetails("int-variation-details", context, 3)                   // want `evaluation int-variation-details int default=3 error`
	_, _ = ffclient.JSONArrayVariation("json-array-variation", context, v1)                    // want `evaluation json-array-variation json error`
	_, _ = ffclient.JSONArrayVariationDetails("json-array-variation-details", context, v1)     // want `evaluation json-array-variation-details json error`
	_, _ = ffclient.JSONVariation("json-variation", context, v2)                               // want `evaluation json-variation json error`
	_, _ = ffclient.JSONVariationDetails("json-variation-details", context, v2)                // want `evaluation json-variation-details json error`
	_, _ = ffclient.StringVariation("string-variation", context, "blue")                       // want `evaluation string-variation string default="blue" error`
	_, _ = ffclient.StringVariationDetails("string-variation-details", context, "blue")        // want `evaluation string-variation-details string default="blue" error`
}

func ffclientGoFeatureFlag(context ffcontext.Context, goFeatureFlag *ffclient.GoFeatureFlag, v2 []any, v3 map[string]any) {
	_, _ = goFeatureFlag.BoolVariation("bool-variation", context, true)                             // want `evaluation bool-variation bool default=true error`
	_, _ = goFeatureFlag.BoolVariationDetails("bool-variation-details", context, true)              // want `evaluation bool-variation-details bool default=true error`
	_, _ = goFeatureFlag.IntVariation("int-variation", context, 3)                                  // want `evaluation int-variation int default=3 error`
	_, _ = goFeatureFlag.IntVariationDetails("int-variation-details", context, 3)                   // want `evaluation int-variation-details int default=3 error`
	_, _ = goFeatureFlag.Float64Variation("float64-variation", context, 0.5)                        // want `evaluation float64-variation float default=0.5 error`
	_, _ = goFeatureFlag.Float64VariationDetails("float64-variation-details", context, 0.5)         // want `evaluation float64-variation-details float default=0.5 error`
	_, _ = goFeatureFlag.StringVariation("string-variation", context, "blue")                       // want `evaluation string-variation string default="blue" error`
	_, _ = goFeatureFlag.StringVariationDetails("string-variation-details", context, "blue")        // want `evaluation string-variation-details string default="blue" error`
	_, _ = goFeatureFlag.JSONArrayVariation("json-array-variation", context, v2)                    // want `evaluation json-array-variation json error`
	_, _ = goFeatureFlag.JSONArrayVariationDetails("json-array-variation-details", context, v2)     // want `evaluation json-array-variation-details json error`
	_, _ = goFeatureFlag.JSONVariation("json-variation", context, v3)                               // want `evaluation json-variation json error`
	_, _ = goFeatureFlag.JSONVariationDetails("json-variation-details", context, v3)                // want `evaluation json-variation-details json error`
	_, _ = goFeatureFlag.RawVariation("raw-variation", context, "x")                                // want `evaluation raw-variation default="x" error`
	_, _ = goFeatureFlag.GetFlagStates(context, []string{"get-flag-states-a", "get-flag-states-b"}) // want `evaluation get-flag-states-a error` `evaluation get-flag-states-b error`
	_ = goFeatureFlag.AllFlagsState(context)                                                        // want `evaluation ?`
}
