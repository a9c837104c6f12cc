package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	onePage := client.Boolean(ctx, "new-checkout", false, user)
	if onePage {
		prepare()
		return 1
	}
	return 3
}

// Two users may get two answers.
func Both(ctx context.Context, buyer, seller openfeature.EvaluationContext) bool {
	if client.Boolean(ctx, "new-checkout", false, buyer) {
		return client.Boolean(ctx, "new-checkout", false, seller)
	}
	return false
}

func prepare() {}
