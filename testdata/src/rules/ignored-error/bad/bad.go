package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	onePage, _ := client.BooleanValue(ctx, "new-checkout", false, user) // want `the error of evaluating flag "new-checkout" is dropped`
	if onePage {
		return 1
	}
	return 3
}
