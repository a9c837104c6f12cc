package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	n := 3
	if client.Boolean(ctx, "new-checkout", false, user) {
		n = 1
	}
	if client.Boolean(ctx, "new-checkout", false, user) { // want `flag "new-checkout" was evaluated on line 13 already, and may answer otherwise now`
		n *= 2
	}
	return n
}
