package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	onePage := client.Boolean(ctx, "new-checkout", false, user)
	n := 3
	if onePage {
		n = 1
	}
	if onePage {
		n *= 2
	}
	return n
}
