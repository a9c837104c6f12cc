package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) {
		return 1
	}
	return 3
}

func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "new-cart", false, user)
}

// The registry says that fast-cart requires new-cart: this nesting is meant.
func FastCart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "new-cart", false, user) && client.Boolean(ctx, "fast-cart", false, user)
}
