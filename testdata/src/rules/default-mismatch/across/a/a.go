package a

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func A(ctx context.Context, u openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "no-default", false, u)
}
