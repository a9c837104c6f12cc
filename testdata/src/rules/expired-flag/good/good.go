package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// A flag is good on its last day, and until the release that it must not see.
func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "last-day", false, user) {
		return 1
	}
	return 3
}

func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "next-major", false, user)
}
