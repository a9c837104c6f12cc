package shop

import (
	"context"

	"github.com/configcat/go-sdk/v9"
	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

const manyItems = 50

func all(ctx context.Context, u user, fallback bool) {
	client.Int(ctx, "limit", 20, u)
	client.Int(ctx, "limit", 10, u)        // want `the fallback of flag "limit" is 10, and the registry's default is 20`
	client.Int(ctx, "limit", manyItems, u) // want `the fallback of flag "limit" is 50`
	client.Float(ctx, "ratio", 1.0, u)
	client.String(ctx, "mode", "fast", u) // want `the fallback of flag "mode" is fast, and the registry's default is slow`
	client.Boolean(ctx, "new-checkout", fallback, u)
}

func first(ctx context.Context, u user) bool {
	return client.Boolean(ctx, "no-default", false, u)
}

func second(ctx context.Context, u user) bool {
	return client.Boolean(ctx, "no-default", false, u)
}

func third(ctx context.Context, u user) bool {
	return client.Boolean(ctx, "no-default", true, u) // want `the fallback of flag "no-default" is true here and false at edge.go:26`
}

// A flag that is an object has its fallback where it is declared.
var (
	perPage = configcat.Int("limit", 20)
	tooMany = configcat.Int("limit", 30) // want `the fallback of flag "limit" is 30, and the registry's default is 20`
)

func objects(snap *configcat.Snapshot) int { return perPage.Get(snap) + tooMany.Get(snap) }
