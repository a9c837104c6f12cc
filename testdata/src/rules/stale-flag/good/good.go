package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// Rolled out a week ago: it may yet be rolled back.
func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "just-out", false, user) {
		return 1
	}
	return 3
}

// A kill switch is meant to stay.
func Pay(ctx context.Context, user openfeature.EvaluationContext) bool {
	return !client.Boolean(ctx, "payments-off", false, user)
}

// A flag with an expiry is left to it.
func Cart(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "planned-end", false, user)
}
