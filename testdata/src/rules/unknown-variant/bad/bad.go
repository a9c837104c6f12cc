package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Depth(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.String(ctx, "mode", "slow", user) == "quick" { // want `flag "mode" has no variant "quick" \(it has "fast" and "slow"\)`
		return 1
	}
	return 3
}

func Results(ctx context.Context, user openfeature.EvaluationContext) int {
	switch client.String(ctx, "mode", "slow", user) { // want `the switch on flag "mode" has no case for "slow" and no default`
	case "fast":
		return 10
	}
	return 0
}
