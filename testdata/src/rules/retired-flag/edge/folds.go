package shop

import (
	"context"
	"strings"

	"github.com/open-feature/go-sdk/openfeature"
)

func negated(ctx context.Context, user openfeature.EvaluationContext, s string) string {
	if !client.Boolean(ctx, "slow-search", false, user) { // want `flag "slow-search" is retired`
		s += "!"
	} else {
		s = strings.ToUpper(s)
	}
	return s
}

func operand(ctx context.Context, user openfeature.EvaluationContext, x bool) bool {
	return x || client.Boolean(ctx, "slow-search", true, user) // want `flag "slow-search" is retired`
}

// The local user goes too.
func lastUse(ctx context.Context, id string) bool {
	user := openfeature.NewEvaluationContext(id, nil)
	return client.Boolean(ctx, "slow-search", false, user) && id != "" // want `flag "slow-search" is retired`
}

// The value goes on.
func value(ctx context.Context, user openfeature.EvaluationContext) bool {
	slow := client.Boolean(ctx, "slow-search", false, user) // want `flag "slow-search" is retired`
	return slow
}
