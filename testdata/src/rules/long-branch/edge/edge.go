package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func all(ctx context.Context, user openfeature.EvaluationContext, x bool) int {
	n := 0
	if client.Boolean(ctx, "new-checkout", false, user) {
		n++
	} else { // want `this branch on flag "new-checkout" holds 4 statements`
		n++
		n++
		n++
		n++
	}
	if x {
		n++
		n++
		n++
		n++
	}
	switch client.String(ctx, "mode", "", user) {
	case "long": // want `this branch on flag "mode" holds 4 statements`
		n++
		n++
		n++
		n++
	case "short":
		n++
	}
	return n
}
