package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

// A wrapper's key is known where it is called.
func enabled(ctx context.Context, key string) bool {
	return client.Boolean(ctx, key, false, openfeature.EvaluationContext{})
}

func use(ctx context.Context) bool { return enabled(ctx, "new-checkout") }
