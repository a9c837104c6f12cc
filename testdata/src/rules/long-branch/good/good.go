package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	n := 0
	if client.Boolean(ctx, "new-checkout", false, user) {
		n = onePage(n)
	}
	return n
}

func onePage(n int) int {
	n++
	n *= 2
	if n > 10 {
		n = 10
	}
	return n
}
