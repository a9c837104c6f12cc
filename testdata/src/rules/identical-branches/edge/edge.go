package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

func comments(ctx context.Context, u user) {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on { // want `all branches on flag "new-checkout" do the same`
		// the new way
		work(1)
	} else {
		work(
			1, // the old way
		)
	}
	if on {
		work(2)
	}
}

func onSwitch(ctx context.Context, u user) {
	switch client.String(ctx, "mode", "slow", u) { // want `all branches on flag "mode" do the same`
	case "fast":
		work(1)
	default:
		work(1)
	}
}

func noDefault(ctx context.Context, u user) {
	switch client.String(ctx, "mode", "slow", u) {
	case "fast":
		work(1)
	case "slow":
		work(1)
	}
}

func noElse(ctx context.Context, u user) {
	if client.Boolean(ctx, "new-checkout", false, u) {
		work(1)
	}
}

func effects(ctx context.Context, u user) {
	if work(3) && client.Boolean(ctx, "new-checkout", false, u) { // want `do the same`
		work(1)
	} else {
		work(1)
	}
}

func chain(ctx context.Context, u user, x bool) {
	if x {
		work(2)
	} else if client.Boolean(ctx, "new-checkout", false, u) { // want `do the same`
		work(1)
	} else {
		work(1)
	}
}

func otherCondition(x bool) {
	if x { // no flag
		work(1)
	} else {
		work(1)
	}
}

func work(int) bool { return true }
