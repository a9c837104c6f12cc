package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func thirty(ctx context.Context, user openfeature.EvaluationContext, n int) int {
	if client.Boolean(ctx, "new-checkout", false, user) {
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
	}
	return n
}

func thirtyOne(ctx context.Context, user openfeature.EvaluationContext, n int) int {
	if client.Boolean(ctx, "new-checkout", false, user) { // want `holds 31 statements \(more than 30\)`
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
		n++
	}
	return n
}
