package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	onePage := client.Boolean(ctx, "new-checkout", false, user)
	if onePage {
		prepare()
		if onePage { // want `flag "new-checkout" is on here \(line 13\), so this condition is always true`
			return 1
		}
	}
	return 3
}

func prepare() {}
