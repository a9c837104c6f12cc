package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Score(ctx context.Context, user openfeature.EvaluationContext) (n int) { // want `function Score evaluates 3 flags \(more than 2\): a, b and c`
	n += count(client.Boolean(ctx, "a", false, user))
	n += count(client.Boolean(ctx, "b", false, user))
	n += count(client.Boolean(ctx, "c", false, user))
	return n
}

func count(on bool) int {
	if on {
		return 1
	}
	return 0
}
