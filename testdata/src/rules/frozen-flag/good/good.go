package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func onePage(ctx context.Context) bool {
	return client.Boolean(ctx, "new-checkout", false, openfeature.EvaluationContext{})
}

func Pages(ctx context.Context) int {
	if onePage(ctx) {
		return 1
	}
	return 3
}
