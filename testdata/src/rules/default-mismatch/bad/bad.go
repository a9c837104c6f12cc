package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func enabled(ctx context.Context, key string, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, key, false, user)
}

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", true, user) { // want `the fallback of flag "new-checkout" is true, and the registry's default is false`
		return 1
	}
	return 3
}

func Search(ctx context.Context, user openfeature.EvaluationContext) string {
	if enabled(ctx, "new-search", user) { // want `the fallback of flag "new-search" is false \(in the helper, at bad.go:12\), and the registry's default is true`
		return "/search/v2"
	}
	return "/search"
}
