package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `all branches on flag "new-checkout" do the same, so it decides nothing`
		return pages(ctx, user)
	} else {
		return pages(ctx, user)
	}
}

func pages(ctx context.Context, user openfeature.EvaluationContext) int {
	return len(user.TargetingKey())
}
