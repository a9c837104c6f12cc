package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func enabled(ctx context.Context, key string, fallback bool, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, key, fallback, user)
}

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) {
		return 1
	}
	return 3
}

func Search(ctx context.Context, user openfeature.EvaluationContext) string {
	if enabled(ctx, "new-search", true, user) {
		return "/search/v2"
	}
	return "/search"
}
