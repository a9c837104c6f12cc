package unleash

import (
	"github.com/Unleash/unleash-client-go/v4"
	"github.com/Unleash/unleash-client-go/v4/api"
	newsdk "github.com/Unleash/unleash-go-sdk/v6"
)

var none = &api.Variant{Name: "none"}

func fallbacks(c *unleash.Client, user any) bool {
	if unleash.IsEnabled("new-checkout", unleash.WithContext(user), unleash.WithFallback(true)) { // want `evaluation new-checkout bool default=true`
		return true
	}
	if !c.IsEnabled("old-checkout", unleash.WithFallback(false)) { // want `evaluation old-checkout bool default=false`
		return c.GetVariant("color", unleash.WithVariantFallback(none)).Name == "blue" // want `evaluation color string`
	}
	v := unleash.GetVariant("color")                                          // want `evaluation color string`
	return v.Enabled && v.Name == "red" && newsdk.IsEnabled("renamed-module") // want `evaluation renamed-module bool`
}
