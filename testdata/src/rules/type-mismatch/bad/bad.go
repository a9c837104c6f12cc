package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Fast(ctx context.Context, user openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "mode", false, user) // want `flag "mode" is evaluated as bool, and registered as string`
}
