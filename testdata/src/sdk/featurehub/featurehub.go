// Package featurehub uses every row of the provider featurehub.
package featurehub

import (
	"github.com/featurehub-io/featurehub-go-sdk/pkg/interfaces"
)

func interfacesClient(client interfaces.Client, v1 func(bool), v2 func(*interfaces.Feature), v3 func(string), v4 func(float64)) {
	client.AddNotifierBoolean("add-notifier-boolean", v1) // want `mention add-notifier-boolean`
	client.AddNotifierFeature("add-notifier-feature", v2) // want `mention add-notifier-feature`
	client.AddNotifierJSON("add-notifier-json", v3)       // want `mention add-notifier-json`
	client.AddNotifierNumber("add-notifier-number", v4)   // want `mention add-notifier-number`
	client.AddNotifierString("add-notifier-string", v3)   // want `mention add-notifier-string`
	_, _ = client.GetBoolean("get-boolean")               // want `evaluation get-boolean bool error`
	_, _ = client.GetFeature("get-feature")               // want `evaluation get-feature error`
	_, _ = client.GetNumber("get-number")                 // want `evaluation get-number float error`
	_, _ = client.GetRawJSON("get-raw-json")              // want `evaluation get-raw-json json error`
	_, _ = client.GetString("get-string")                 // want `evaluation get-string string error`
}
