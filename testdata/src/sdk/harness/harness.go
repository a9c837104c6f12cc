// Package harness uses every row of the provider harness.
package harness

import (
	"github.com/harness/ff-golang-server-sdk/client"
	"github.com/harness/ff-golang-server-sdk/evaluation"
	"github.com/harness/ff-golang-server-sdk/types"
)

func clientCfClient(cfClient *client.CfClient, jSON types.JSON, target *evaluation.Target) {
	_, _ = cfClient.BoolVariation("bool-variation", target, true)       // want `evaluation bool-variation bool default=true error`
	_, _ = cfClient.StringVariation("string-variation", target, "blue") // want `evaluation string-variation string default="blue" error`
	_, _ = cfClient.IntVariation("int-variation", target, 3)            // want `evaluation int-variation int default=3 error`
	_, _ = cfClient.NumberVariation("number-variation", target, 0.5)    // want `evaluation number-variation float default=0.5 error`
	_, _ = cfClient.JSONVariation("json-variation", target, jSON)       // want `evaluation json-variation json error`
}
