// Package devcycle uses every row of the provider devcycle.
package devcycle

import (
	devcycle "github.com/devcyclehq/go-server-sdk/v2"
)

func devcycleClient(client *devcycle.Client, user devcycle.User) {
	_, _ = client.Variable(user, "variable", "x")            // want `evaluation variable default="x" error`
	_, _ = client.VariableValue(user, "variable-value", "x") // want `evaluation variable-value default="x" error`
	_, _ = client.AllVariables(user)                         // want `evaluation ? error`
	_, _ = client.AllFeatures(user)                          // want `evaluation ? error`
}
