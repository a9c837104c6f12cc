package shop

import (
	"context"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

func threeParts(ctx context.Context, u user, n int) {
	for i := 0; i < n; i++ {
		client.Boolean(ctx, "round-prices", false, u) // want `evaluated in every round of the loop on line 15`
	}
}

func head(ctx context.Context, u user, n int) {
	for i := 0; i < n && client.Boolean(ctx, "round-prices", false, u); i++ {
		work()
	}
	for range client.Int(ctx, "rounds", 3, u) {
		work()
	}
}

func made(ctx context.Context, ids []string) {
	for _, id := range ids {
		u := openfeature.NewEvaluationContext(id, nil)
		client.Boolean(ctx, "round-prices", false, u)
		client.Boolean(ctx, "round-prices", false, openfeature.NewEvaluationContext(id, nil))
	}
}

func newContext(ctx context.Context, u user, ids []string) {
	for range ids {
		ctx := context.WithoutCancel(ctx)
		client.Boolean(ctx, "round-prices", false, u)
	}
}

func polls(ctx context.Context, u user, ch chan int) {
	for !client.Boolean(ctx, "round-prices", false, u) {
		time.Sleep(time.Second)
	}
	for {
		if client.Boolean(ctx, "round-prices", false, u) {
			return
		}
	}
	for range ch {
		client.Boolean(ctx, "round-prices", false, u)
	}
	for range 10 {
		time.Sleep(time.Second)
		client.Boolean(ctx, "round-prices", false, u)
	}
	for range 10 {
		<-ch
		client.Boolean(ctx, "round-prices", false, u)
	}
}

func deferred(ctx context.Context, u user, ids []string) (out []func() bool) {
	for range ids {
		out = append(out, func() bool { return client.Boolean(ctx, "round-prices", false, u) })
	}
	return out
}

// A branch that ends the loop is entered once.
func once(ctx context.Context, u user, ids []string) bool {
	for _, id := range ids {
		if id == "stop" {
			if client.Boolean(ctx, "round-prices", false, u) {
				work()
			}
			break
		}
	}
	for _, id := range ids {
		switch id {
		case "found":
			return client.Boolean(ctx, "round-prices", false, u)
		case "other":
			if client.Boolean(ctx, "round-prices", false, u) { // want `evaluated in every round`
				work()
			}
			break
		}
	}
	for _, id := range ids {
		if id != "" {
			if client.Boolean(ctx, "round-prices", false, u) { // want `evaluated in every round`
				continue
			}
			return false
		}
	}
	for range ids {
		if client.Boolean(ctx, "round-prices", false, u) { // want `evaluated in every round`
			return true
		}
	}
	return false
}

func work() {}
