// Package launchdarkly uses every row of the provider launchdarkly.
package launchdarkly

import (
	"encoding/json"
	ldclient "gopkg.in/launchdarkly/go-server-sdk.v4"
	"gopkg.in/launchdarkly/go-server-sdk.v4/ldvalue"
)

func ldclientLDClient(lDClient *ldclient.LDClient, rawMessage json.RawMessage, user ldclient.User, value ldvalue.Value) {
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
	_, _ = lDClient.JsonVariation("json-variation", user, rawMessage)                 // want `evaluation json-variation json error`
	_, _, _ = lDClient.JsonVariationDetail("json-variation-detail", user, rawMessage) // want `evaluation json-variation-detail json error`
	_ = lDClient.AllFlagsState(user)                                                  // want `evaluation ?`
}
