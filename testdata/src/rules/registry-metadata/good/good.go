package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "new-checkout", false, user)
}

func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "fast-cart", false, user)
}
