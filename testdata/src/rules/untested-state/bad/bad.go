package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `tests set flag "new-checkout" on only: nothing tests it off`
		return 1
	}
	return 3
}
