package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) {
		if client.Boolean(ctx, "new-cart", false, user) {
			if client.Boolean(ctx, "third", false, user) { // want `flag "third" is evaluated only where flag "new-cart" is on`
				return 1
			}
		}
	}
	return 3
}
