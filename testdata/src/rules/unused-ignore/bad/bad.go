package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	//flaglint:ignore nested-flag the cart is only there with the new checkout // want `nothing of nested-flag is found here: the ignore comment can go`
	if client.Boolean(ctx, "new-checkout", false, user) {
		return 1
	}
	return 3
}

func Any(ctx context.Context, user openfeature.EvaluationContext, key string) bool {
	return client.Boolean(ctx, "shop-"+key, false, user) //flaglint:ignore dynamic-key
	// want(-1) `the ignore comment of dynamic-key gives no reason`
}
