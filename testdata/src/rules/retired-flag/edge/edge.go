package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// A key constant is part of what has to go.
const slowSearch = "slow-search" // want `flag "slow-search" is retired and is always false: remove it`

func search(ctx context.Context, user openfeature.EvaluationContext) bool {
	slow := client.Boolean(ctx, slowSearch, false, user) // want `flag "slow-search" is retired`
	cart := client.Boolean(ctx, "new-cart", false, user)
	return slow && cart
}
