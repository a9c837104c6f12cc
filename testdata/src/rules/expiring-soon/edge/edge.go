package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext) []bool {
	return []bool{
		client.Boolean(ctx, "last-day", false, user), // want `flag "last-day" expires today`
		client.Boolean(ctx, "by-version", false, user),
	}
}
