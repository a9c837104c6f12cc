package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Sum(ctx context.Context, user openfeature.EvaluationContext, prices []int) int {
	sum := 0
	for _, price := range prices {
		if client.Boolean(ctx, "round-prices", false, user) { // want `flag "round-prices" is evaluated in every round of the loop on line 13`
			price = price / 100 * 100
		}
		sum += price
	}
	return sum
}
