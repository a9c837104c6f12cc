package shop

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type user = openfeature.EvaluationContext

func again(ctx context.Context, u user) int {
	if client.Boolean(ctx, "new-checkout", false, u) {
		if client.Boolean(ctx, "new-checkout", true, u) { // want `flag "new-checkout" is on here \(line \d+\), so this condition is always true`
			return 1
		}
		work()
	}
	return 2
}

func contradiction(ctx context.Context, u user) int {
	if client.Boolean(ctx, "new-checkout", false, u) {
		if !client.Boolean(ctx, "new-checkout", false, u) { // want `so this condition is never true`
			return 1
		} else {
			work()
		}
	}
	return 2
}

func afterReturn(ctx context.Context, u user) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if !on {
		return 0
	}
	if on { // want `always true`
		// What the new checkout needs.
		n := work()
		return n
	}
	return 2
}

func elseIf(ctx context.Context, u user) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		return 1
	} else if !on { // want `flag "new-checkout" is off here \(line \d+\), so this condition is always true`
		return 2
	}
	return 3
}

func operands(ctx context.Context, u user, x bool) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		if x && on { // want `always true`
			return 1
		}
		if on || x { // want `always true`
			return 2
		}
		y := !on      // no condition
		if x || !on { // want `never true`
			return 3
		}
		_ = y
	}
	return 4
}

func sameCondition(ctx context.Context, u user, x bool) bool {
	on := client.Boolean(ctx, "new-checkout", false, u)
	return on && (x || on) // want `always true`
}

func variants(ctx context.Context, u user) int {
	mode := client.String(ctx, "mode", "slow", u)
	switch mode {
	case "fast":
		if mode == "slow" { // want `flag "mode" is "fast" here \(line \d+\), so this condition is never true`
			return 1
		}
		if mode != "slow" { // want `always true`
			return 2
		}
	case "slow":
	default:
		if mode == "none" { // may be
			return 3
		}
		if mode == "fast" { // want `flag "mode" is not "fast" here \(line \d+\), so this condition is never true`
			return 4
		}
	}
	return 5
}

// No answer is known in any of the following.

func otherUser(ctx context.Context, a, b user) bool {
	return client.Boolean(ctx, "new-checkout", false, a) && client.Boolean(ctx, "new-checkout", false, b)
}

func otherContext(ctx context.Context, u user) bool {
	if client.Boolean(ctx, "new-checkout", false, u) {
		ctx = context.WithValue(ctx, user{}, 1)
		return client.Boolean(ctx, "new-checkout", false, u) && work() > 0
	}
	return false
}

func madeUser(ctx context.Context, ids []string) bool {
	return client.Boolean(ctx, "new-checkout", false, openfeature.NewEvaluationContext(ids[0], nil)) &&
		client.Boolean(ctx, "new-checkout", false, openfeature.NewEvaluationContext(ids[1], nil))
}

func nextUser(ctx context.Context, next func() user) bool {
	return client.Boolean(ctx, "new-checkout", false, next()) && client.Boolean(ctx, "new-checkout", false, next())
}

func request(r *http.Request, u user) bool {
	if client.Boolean(r.Context(), "new-checkout", false, u) {
		r = r.WithContext(context.Background())
		return client.Boolean(r.Context(), "new-checkout", false, u) && work() > 0
	}
	return false
}

func written(ctx context.Context, u user) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		on = work() > 1
		if on {
			return 1
		}
	}
	return 2
}

func waits(ctx context.Context, u user) {
	for client.Boolean(ctx, "new-checkout", false, u) {
		time.Sleep(time.Second)
		if !client.Boolean(ctx, "new-checkout", false, u) {
			return
		}
	}
	if client.Boolean(ctx, "new-checkout", false, u) {
		for {
			time.Sleep(time.Second)
			if !client.Boolean(ctx, "new-checkout", false, u) {
				return
			}
		}
	}
}

func later(ctx context.Context, u user) {
	if client.Boolean(ctx, "new-checkout", false, u) {
		time.AfterFunc(time.Hour, func() {
			if client.Boolean(ctx, "new-checkout", false, u) {
				work()
			}
		})
	}
}

func otherArm(ctx context.Context, u user, x bool) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on || x {
		if on {
			return 1
		}
	}
	if on && x {
		return 2
	} else if on {
		return 3
	}
	return 4
}

// Fixes that are refused, since the result would not compile or not be the same.

func unreachable(ctx context.Context, u user) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		if on { // want `always true`
			return 1
		}
		work()
	}
	return 2
}

func effects(ctx context.Context, u user) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		if work() > 1 && !on { // want `never true`
			return 1
		}
	}
	return 2
}

func lastImport(ctx context.Context, u user, n int) string {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		if !on { // want `never true`
			return strconv.Itoa(n)
		}
		fmt.Println(n)
	}
	return ""
}

func lastUse(ctx context.Context, u user) int {
	on, n := client.Boolean(ctx, "new-checkout", false, u), work()
	if on {
		if !on { // want `never true`
			return n
		}
	}
	return 0
}

// The outer fix takes the inner condition with it.
func within(ctx context.Context, u user, n int) int {
	on := client.Boolean(ctx, "new-checkout", false, u)
	if on {
		if !on { // want `never true`
			if on { // want `true`
				n++
			}
		}
	}
	return n
}

func shadow(ctx context.Context, u user) int {
	on, n := client.Boolean(ctx, "new-checkout", false, u), work()
	if on {
		if on { // want `always true`
			n := work()
			work2(n)
		}
	}
	return n
}

func work() int   { return 1 }
func work2(_ int) {}

// Flag is a team's own object, whose method answers without the SDK where there is none.
type Flag struct{ Key string }

var Checkout, Cart = &Flag{Key: "new-checkout"}, &Flag{Key: "new-cart"}

func (f *Flag) On(ctx context.Context, u user) bool {
	if client == nil {
		return false
	}
	return client.Boolean(ctx, f.Key, false, u)
}

func object(ctx context.Context, u user, n int) bool {
	if Checkout.On(ctx, u) && Cart.On(ctx, u) {
		return true
	}
	return !Checkout.On(ctx, u) || Checkout.On(ctx, u) && n > 1 // want `flag "new-checkout" is on here \(line \d+\), so this condition is always true`
}
