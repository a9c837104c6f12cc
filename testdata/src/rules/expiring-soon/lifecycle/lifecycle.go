package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// A reference gets one finding, the most serious.
func all(ctx context.Context, user openfeature.EvaluationContext) []bool {
	return []bool{
		client.Boolean(ctx, "everything", false, user),        // want `flag "everything" is retired`
		client.Boolean(ctx, "expired-and-stale", false, user), // want `flag "expired-and-stale" expired on`
		client.Boolean(ctx, "stale-and-soon", false, user),    // want `flag "stale-and-soon" has been rolled out`
	}
}
