// Package featbit uses every row of the provider featbit.
package featbit

import (
	featbit "github.com/featbit/featbit-go-sdk"
	"github.com/featbit/featbit-go-sdk/interfaces"
)

func interfacesAllFlagState(allFlagState interfaces.AllFlagState) {
	_, _, _ = allFlagState.GetBoolVariation("get-bool-variation", true)       // want `evaluation get-bool-variation bool default=true error`
	_, _, _ = allFlagState.GetDoubleVariation("get-double-variation", 0.5)    // want `evaluation get-double-variation float default=0.5 error`
	_, _, _ = allFlagState.GetIntVariation("get-int-variation", 3)            // want `evaluation get-int-variation int default=3 error`
	_, _, _ = allFlagState.GetJsonVariation("get-json-variation", "x")        // want `evaluation get-json-variation json default="x" error`
	_, _, _ = allFlagState.GetStringVariation("get-string-variation", "blue") // want `evaluation get-string-variation string default="blue" error`
}

func interfacesFBEvaluation(fBEvaluation interfaces.FBEvaluation, fBUser interfaces.FBUser) {
	_, _, _ = fBEvaluation.BoolVariation("bool-variation", fBUser, true)    // want `evaluation bool-variation bool default=true error`
	_, _, _ = fBEvaluation.DoubleVariation("double-variation", fBUser, 0.5) // want `evaluation double-variation float default=0.5 error`
	_, _, _ = fBEvaluation.IntVariation("int-variation", fBUser, 3)         // want `evaluation int-variation int default=3 error`
	_ = fBEvaluation.IsFlagKnown("is-flag-known")                           // want `mention is-flag-known`
	_, _, _ = fBEvaluation.JsonVariation("json-variation", fBUser, "x")     // want `evaluation json-variation json default="x" error`
	_, _, _ = fBEvaluation.Variation("variation", fBUser, "blue")           // want `evaluation variation string default="blue" error`
}

func featbitFBClient(fBClient *featbit.FBClient, fBUser interfaces.FBUser) {
	_, _, _ = fBClient.Variation("variation", fBUser, "blue")           // want `evaluation variation string default="blue" error`
	_, _, _ = fBClient.BoolVariation("bool-variation", fBUser, true)    // want `evaluation bool-variation bool default=true error`
	_, _, _ = fBClient.IntVariation("int-variation", fBUser, 3)         // want `evaluation int-variation int default=3 error`
	_, _, _ = fBClient.DoubleVariation("double-variation", fBUser, 0.5) // want `evaluation double-variation float default=0.5 error`
	_, _, _ = fBClient.JsonVariation("json-variation", fBUser, "x")     // want `evaluation json-variation json default="x" error`
	_ = fBClient.IsFlagKnown("is-flag-known")                           // want `mention is-flag-known`
}
