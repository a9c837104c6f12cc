package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

const key = "new-crt"

func all(ctx context.Context, user openfeature.EvaluationContext) []bool {
	return []bool{
		client.Boolean(ctx, `newCheckout`, false, user), // want `flag "newCheckout" is in no registry: did you mean "new-checkout"`
		client.Boolean(ctx, "step-2", false, user),      // want `flag "step-2" is in no registry$|flag "step-2" is in no registry \(`
		client.Boolean(ctx, "wholly-else", false, user), // want `flag "wholly-else" is in no registry`
		client.Boolean(ctx, key, false, user),           // want `flag "new-crt" is in no registry: did you mean "new-cart"`
		client.Boolean(ctx, "new-"+"cart", false, user),
		client.Boolean(ctx, "new-"+"crt", false, user), // want `flag "new-crt" is in no registry`
	}
}
