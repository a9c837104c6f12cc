// Package eppo uses every row of the provider eppo.
package eppo

import (
	"context"
	"github.com/Eppo-exp/golang-sdk/v6/eppoclient"
)

func eppoclientEppoClient(attributes eppoclient.Attributes, c context.Context, contextAttributes eppoclient.ContextAttributes, eppoClient *eppoclient.EppoClient, v2 map[string]eppoclient.ContextAttributes, v5 []byte) {
	_ = eppoClient.GetBanditAction("get-bandit-action", "user", contextAttributes, v2, "blue")                      // want `evaluation get-bandit-action string default="blue"`
	_ = eppoClient.GetBanditActionContext(c, "get-bandit-action-context", "user", contextAttributes, v2, "blue")    // want `evaluation get-bandit-action-context string default="blue"`
	_, _ = eppoClient.GetBoolAssignment("get-bool-assignment", "user", attributes, true)                            // want `evaluation get-bool-assignment bool default=true error`
	_, _ = eppoClient.GetBoolAssignmentContext(c, "get-bool-assignment-context", "user", attributes, true)          // want `evaluation get-bool-assignment-context bool default=true error`
	_, _ = eppoClient.GetStringAssignment("get-string-assignment", "user", attributes, "blue")                      // want `evaluation get-string-assignment string default="blue" error`
	_, _ = eppoClient.GetStringAssignmentContext(c, "get-string-assignment-context", "user", attributes, "blue")    // want `evaluation get-string-assignment-context string default="blue" error`
	_, _ = eppoClient.GetIntegerAssignment("get-integer-assignment", "user", attributes, 3)                         // want `evaluation get-integer-assignment int default=3 error`
	_, _ = eppoClient.GetIntegerAssignmentContext(c, "get-integer-assignment-context", "user", attributes, 3)       // want `evaluation get-integer-assignment-context int default=3 error`
	_, _ = eppoClient.GetNumericAssignment("get-numeric-assignment", "user", attributes, 0.5)                       // want `evaluation get-numeric-assignment float default=0.5 error`
	_, _ = eppoClient.GetNumericAssignmentContext(c, "get-numeric-assignment-context", "user", attributes, 0.5)     // want `evaluation get-numeric-assignment-context float default=0.5 error`
	_, _ = eppoClient.GetJSONAssignment("get-json-assignment", "user", attributes, "x")                             // want `evaluation get-json-assignment json default="x" error`
	_, _ = eppoClient.GetJSONAssignmentContext(c, "get-json-assignment-context", "user", attributes, "x")           // want `evaluation get-json-assignment-context json default="x" error`
	_, _ = eppoClient.GetJSONBytesAssignment("get-json-bytes-assignment", "user", attributes, v5)                   // want `evaluation get-json-bytes-assignment json error`
	_, _ = eppoClient.GetJSONBytesAssignmentContext(c, "get-json-bytes-assignment-context", "user", attributes, v5) // want `evaluation get-json-bytes-assignment-context json error`
}
