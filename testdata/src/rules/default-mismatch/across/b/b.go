package b

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func B(ctx context.Context, u openfeature.EvaluationContext) bool {
	return client.Boolean(ctx, "no-default", true, u) // want `is true here and false at a.go:12`
}
