package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `flag "new-checkout" expired on 2026-04-01, 61 days ago \(owner team-payments\)`
		return 1
	}
	return 3
}

func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "fast-cart", false, user) // want `flag "fast-cart" expires with v2.3.0, and the next release is v2.3.1`
}
