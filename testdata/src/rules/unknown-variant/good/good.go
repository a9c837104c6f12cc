package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Depth(ctx context.Context, user openfeature.EvaluationContext) int {
	if client.String(ctx, "mode", "slow", user) == "fast" {
		return 1
	}
	return 3
}

func Results(ctx context.Context, user openfeature.EvaluationContext) int {
	switch client.String(ctx, "mode", "slow", user) {
	case "fast":
		return 10
	case "slow":
		return 100
	}
	return 0
}
