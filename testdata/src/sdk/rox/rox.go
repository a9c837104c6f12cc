// Package rox uses every row of the provider rox.
package rox

import (
	"github.com/rollout/rox-go/v6/core/context"
	"github.com/rollout/rox-go/v6/core/model"
	"github.com/rollout/rox-go/v6/server"
)

// Flags is a container.
type Flags struct {
	Checkout server.RoxFlag   // want `declaration shop.Checkout default=false`
	Theme    server.RoxString `flagName:"ui.theme"` // want `declaration shop.ui.theme default="dark"`
	Limit    server.RoxInt    // want `declaration shop.Limit default=10`
	Ratio    server.RoxDouble // want `declaration shop.Ratio default=0.5`
	hidden   server.RoxFlag
	Name     string
}

var flags = &Flags{
	Checkout: server.NewRoxFlag(false),
	Theme:    server.NewRoxString("dark", []string{"dark", "light"}),
	Limit:    server.NewRoxInt(10, []int{10, 20}),
	Ratio:    server.NewRoxDouble(0.5, []float64{0.5, 1}),
	hidden:   server.NewRoxFlag(true),
}

// Plain is registered without a namespace.
type Plain struct {
	KillSwitch server.RoxFlag // want `declaration KillSwitch default=true`
}

var plain = Plain{KillSwitch: server.NewRoxFlag(true)}

func setup(rox *server.Rox) {
	rox.Register("shop", flags)
	rox.RegisterWithEmptyNamespace(plain)
}

func use(ctx context.Context) string {
	if flags.Checkout.IsEnabled(ctx) { // want `evaluation shop.Checkout bool default=false`
		return flags.Checkout.Name() // want `mention shop.Checkout`
	}
	if flags.Theme.GetValue(ctx) == "dark" { // want `evaluation shop.ui.theme string default="dark"`
		return flags.Theme.GetDefaultAsString() // want `mention shop.ui.theme`
	}
	if flags.Limit.GetValue(ctx) > 10 || flags.Ratio.GetValue(ctx) > 0.5 { // want `evaluation shop.Limit int default=10` `evaluation shop.Ratio float default=0.5`
		return flags.Limit.GetValueAsString(ctx) // want `evaluation shop.Limit string default=10`
	}
	out := ""
	plain.KillSwitch.Enabled(ctx, func() { out = "on" })   // want `evaluation KillSwitch bool default=true callback=true`
	plain.KillSwitch.Disabled(ctx, func() { out = "off" }) // want `evaluation KillSwitch bool default=true callback=false`
	return out
}

func dynamic(ctx context.Context, rox *server.Rox) {
	var api model.DynamicAPI = rox.DynamicAPI()
	_ = api.IsEnabled("shop.Checkout", false, ctx)                         // want `evaluation shop.Checkout bool default=false`
	_ = api.Value("shop.ui.theme", "dark", []string{"dark", "light"}, ctx) // want `evaluation shop.ui.theme string default="dark"`
	_ = api.GetInt("shop.Limit", 10, nil, ctx)                             // want `evaluation shop.Limit int default=10`
	_ = api.GetDouble("shop.Ratio", 0.5, nil, ctx)                         // want `evaluation shop.Ratio float default=0.5`
}
