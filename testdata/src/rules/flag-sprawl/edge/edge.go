package shop // want `package shop evaluates 5 flags \(more than 4\)`

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func one(ctx context.Context, user openfeature.EvaluationContext) (n int) {
	n += count(client.Boolean(ctx, "a", false, user))
	n += count(client.Boolean(ctx, "b", false, user))
	n += count(client.Boolean(ctx, "a", false, user))
	n += count(client.Boolean(ctx, "b", false, user))
	return n
}

func two(ctx context.Context, user openfeature.EvaluationContext) (n int) {
	n += count(client.Boolean(ctx, "c", false, user))
	n += count(client.Boolean(ctx, "d", false, user))
	return n
}

func three(ctx context.Context, user openfeature.EvaluationContext) (n int) {
	n += count(client.Boolean(ctx, "e", false, user))
	return n
}

func count(on bool) int {
	if on {
		return 1
	}
	return 0
}
