package shop

import (
	"context"
	"os"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

func eitherArm(ctx context.Context, u user, x bool) int {
	if x {
		if client.Boolean(ctx, "new-checkout", false, u) {
			return 1
		}
	} else {
		if client.Boolean(ctx, "new-checkout", false, u) {
			return 2
		}
	}
	return 3
}

func afterReturn(ctx context.Context, u user, x bool) int {
	if x {
		if client.Boolean(ctx, "new-checkout", false, u) {
			return 1
		}
		return 2
	}
	if client.Boolean(ctx, "new-checkout", false, u) {
		return 3
	}
	return 4
}

func clauses(ctx context.Context, u user, n int) bool {
	switch n {
	case 1:
		return client.Boolean(ctx, "new-checkout", false, u)
	case 2:
		return client.Boolean(ctx, "new-checkout", false, u)
	}
	return false
}

func users(ctx context.Context, a, b user) int {
	n := 0
	if client.Boolean(ctx, "new-checkout", false, a) {
		n++
	}
	if client.Boolean(ctx, "new-checkout", false, b) {
		n++
	}
	return n
}

func contexts(ctx context.Context, u user) int {
	n := 0
	if client.Boolean(ctx, "new-checkout", false, u) {
		n++
	}
	ctx = context.WithoutCancel(ctx)
	if client.Boolean(ctx, "new-checkout", false, u) {
		n++
	}
	return n
}

func functions(ctx context.Context, u user) []func() bool {
	return []func() bool{
		func() bool { return client.Boolean(ctx, "new-checkout", false, u) },
		func() bool { return client.Boolean(ctx, "new-checkout", false, u) },
	}
}

func maybeFirst(ctx context.Context, u user, x bool) int {
	n := 0
	if x && client.Boolean(ctx, "new-checkout", false, u) {
		n++
	}
	n += len(os.Args)
	if client.Boolean(ctx, "new-checkout", false, u) { // want `flag "new-checkout" was evaluated on line 82 already`
		n++
	}
	return n
}

// Switching the flag off ends the work.
func untilOff(ctx context.Context, u user, jobs []func()) {
	if !client.Boolean(ctx, "new-checkout", false, u) {
		return
	}
	for i := 0; i < len(jobs) && client.Boolean(ctx, "new-checkout", false, u); i++ {
		jobs[i]()
	}
}
