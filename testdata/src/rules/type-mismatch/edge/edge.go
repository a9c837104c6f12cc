package shop

import (
	"context"
	"os"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

func all(ctx context.Context, u user) {
	client.Float(ctx, "limit", 20, u)         // an int is a float
	client.Int(ctx, "ratio", 1, u)            // want `flag "ratio" is evaluated as int, and registered as float`
	client.String(ctx, "new-checkout", "", u) // want `flag "new-checkout" is evaluated as string, and registered as bool`
	client.Boolean(ctx, "unknown", false, u)
}

// An environment variable is text, whatever it says.
func environment() bool {
	return os.Getenv("FEATURE_CART") == "1"
}
