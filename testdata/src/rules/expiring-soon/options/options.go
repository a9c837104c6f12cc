package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "later", false, user) // want `flag "later" expires on 2026-06-16, in 15 days`
}
