package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Sum(ctx context.Context, user openfeature.EvaluationContext, prices []int) int {
	round := client.Boolean(ctx, "round-prices", false, user)
	sum := 0
	for _, price := range prices {
		if round {
			price = price / 100 * 100
		}
		sum += price
	}
	return sum
}

// Each user may get another answer.
func Count(ctx context.Context, users []openfeature.EvaluationContext) int {
	n := 0
	for _, user := range users {
		if client.Boolean(ctx, "round-prices", false, user) {
			n++
		}
	}
	return n
}
