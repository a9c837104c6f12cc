package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-chekout", false, user) { // want `flag "new-chekout" is in no registry: did you mean "new-checkout"\?`
		return 1
	}
	return 3
}
