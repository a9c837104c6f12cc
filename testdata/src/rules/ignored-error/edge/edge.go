package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

var atStart, _ = client.BooleanValue(context.Background(), "at-start", false, user{}) // want `the error of evaluating flag "at-start" is dropped`

func declared(ctx context.Context, u user) bool {
	var on, _ = client.BooleanValue(ctx, "new-checkout", false, u) // want `dropped`
	return on
}

func assigned(ctx context.Context, u user) (on bool) {
	on, _ = client.BooleanValue(ctx, "new-checkout", false, u) // want `dropped`
	return on
}

func none(ctx context.Context, u user) bool { return client.Boolean(ctx, "new-checkout", false, u) }

func passedOn(ctx context.Context, u user) (bool, error) {
	return client.BooleanValue(ctx, "new-checkout", false, u)
}

func valueDropped(ctx context.Context, u user) error {
	_, err := client.BooleanValue(ctx, "new-checkout", false, u)
	return err
}
