package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Total(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `flag "new-checkout" was retired on 2026-05-01 and is always true: remove it`
		return onePage()
	}
	return threePages()
}

func onePage() int    { return 1 }
func threePages() int { return 3 }
