// Package unleash uses every row of the provider unleash.
package unleash

import (
	unleash "github.com/Unleash/unleash-client-go/v4"
)

func unleashClient(client *unleash.Client) {
	_ = client.IsEnabled("is-enabled")   // want `evaluation is-enabled bool`
	_ = client.GetVariant("get-variant") // want `evaluation get-variant string`
}

func packageUnleash() {
	_ = unleash.GetVariant("get-variant") // want `evaluation get-variant string`
	_ = unleash.IsEnabled("is-enabled")   // want `evaluation is-enabled bool`
}
