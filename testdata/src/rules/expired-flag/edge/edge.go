package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// Asked for alone, the rule tells of a flag that is retired as well.
func both(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "both", false, user) // want `flag "both" expired`
}

func none(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "no-expiry", false, user)
}
