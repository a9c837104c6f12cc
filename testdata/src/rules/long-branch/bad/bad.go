package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	n := 0
	if client.Boolean(ctx, "new-checkout", false, user) { // want `this branch on flag "new-checkout" holds 4 statements \(more than 3\): call a function instead`
		n++
		n *= 2
		if n > 10 {
			n = 10
		}
	}
	return n
}
