package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `flag "new-checkout" has been rolled out to everyone for 92 days`
		return 1
	}
	return 3
}

func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "fast-cart", false, user) // want `flag "fast-cart" is 142 days old, and a release flag lives 40 days`
}
