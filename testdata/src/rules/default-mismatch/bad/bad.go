package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", true, user) { // want `the fallback of flag "new-checkout" is true, and the registry's default is false`
		return 1
	}
	return 3
}
