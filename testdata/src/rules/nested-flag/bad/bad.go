package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) {
		if client.Boolean(ctx, "new-cart", false, user) { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on \(line 12\)`
			return 1
		}
		return 2
	}
	return 3
}
