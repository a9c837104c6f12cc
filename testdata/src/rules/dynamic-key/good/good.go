package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Enabled(ctx context.Context, user openfeature.EvaluationContext) int {
	n := 0
	for _, name := range []string{"checkout-a", "checkout-b"} {
		if client.Boolean(ctx, name, false, user) {
			n++
		}
	}
	return n
}
