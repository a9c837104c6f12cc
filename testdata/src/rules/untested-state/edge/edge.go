package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext) bool {
	on := client.Boolean(ctx, "new-cart", false, user) // want `no test sets flag "new-cart"`
	on = on || client.Boolean(ctx, "helped", false, user)
	return client.Boolean(ctx, "new-checkout", false, user) || on
}

// start serves a flag without a service: it is the program that does, and no test.
func start() error {
	return openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"new-cart": {DefaultVariant: "on", Variants: map[string]any{"on": true, "off": false}},
	}))
}
