package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext) bool {
	on := client.Boolean(ctx, "new-cart", false, user) // want `no test sets flag "new-cart"`
	return client.Boolean(ctx, "new-checkout", false, user) || on
}
