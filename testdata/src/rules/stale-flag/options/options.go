package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext) []bool {
	return []bool{
		client.Boolean(ctx, "just-out", false, user), // want `rolled out to everyone for 7 days`
		client.Boolean(ctx, "fast-cart", false, user),
		client.Boolean(ctx, "payments-off", false, user), // want `a kill-switch flag lives 100 days`
		client.Boolean(ctx, "of-no-kind", false, user),
		client.Boolean(ctx, "tuning", false, user), // want `flag "tuning" is 12 days old, and a ops flag lives 7 days`
	}
}
