package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

type Ctx = context.Context

var user openfeature.EvaluationContext

func checkout(ctx Ctx) bool { return client.Boolean(ctx, "new-checkout", false, user) }
func cart(ctx Ctx) bool     { return client.Boolean(ctx, "new-cart", false, user) }
func third(ctx Ctx) bool    { return client.Boolean(ctx, "third", false, user) }

func elseArm(ctx Ctx) int {
	if checkout(ctx) {
		return 1
	} else if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "new-checkout" is off`
		return 2
	}
	return 3
}

func earlyReturn(ctx Ctx) int {
	if !checkout(ctx) {
		return 0
	}
	work()
	if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
		return 1
	}
	return 2
}

func notEarly(ctx Ctx, x bool) int {
	if !checkout(ctx) && x {
		return 0
	}
	if cart(ctx) {
		return 1
	}
	return 2
}

func ifOr(ctx Ctx, x bool) int {
	if checkout(ctx) || x {
		if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "new-checkout" decides \(line`
			return 1
		}
	}
	return 2
}

func and(ctx Ctx) bool {
	return checkout(ctx) && cart(ctx) // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
}

// Neither flag decides about the other: each allows a kind of its own.
func exceptions(ctx Ctx, kind string) bool {
	return kind != "card" &&
		!(checkout(ctx) && kind == "page") &&
		!(cart(ctx) && kind == "cart")
}

// The same as !(checkout(ctx) || cart(ctx)).
func neither(ctx Ctx) bool {
	return !checkout(ctx) && !cart(ctx)
}

func notThenOn(ctx Ctx) bool {
	return !checkout(ctx) && cart(ctx) // want `flag "new-cart" is evaluated only where flag "new-checkout" is off`
}

func or(ctx Ctx) bool {
	return checkout(ctx) || cart(ctx) // an alternative
}

// mixed depends on a flag among other things.
func mixed(ctx Ctx, n int) bool {
	if n > 3 {
		return checkout(ctx)
	}
	return n > 1
}

func underMixed(ctx Ctx, n int) int {
	if mixed(ctx, n) {
		if cart(ctx) {
			return 1
		}
	}
	if n > int(client.Int(ctx, "limit", 3, user)) {
		if third(ctx) {
			return 2
		}
	}
	return 3
}

func local(ctx Ctx) int {
	on := checkout(ctx)
	other := cart(ctx)
	if on {
		if other { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
			return 1
		}
	}
	return 2
}

func onVariant(ctx Ctx) int {
	switch client.String(ctx, "mode", "slow", user) {
	case "fast":
		if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "mode" is "fast"`
			return 1
		}
	default:
		if third(ctx) { // want `flag "third" is evaluated only where flag "mode" is not "fast"`
			return 2
		}
	}
	return 3
}

func closure(ctx Ctx) func() bool {
	if checkout(ctx) {
		return func() bool { return cart(ctx) } // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
	}
	return nil
}

func inLoop(ctx Ctx, items []int) int {
	n := 0
	for range items {
		if !checkout(ctx) {
			continue
		}
		if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
			n++
		}
	}
	if third(ctx) { // after the loop, nothing is known
		n++
	}
	return n
}

func chain(ctx Ctx) int {
	if checkout(ctx) {
		return deep(ctx)
	}
	return 0
}

// deep is called from one place, under a flag.
func deep(ctx Ctx) int {
	return deeper(ctx)
}

func deeper(ctx Ctx) int {
	if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
		if third(ctx) { // want `flag "third" is evaluated only where flag "new-cart" is on \(line \d+\) inside "new-checkout" is on`
			return 1
		}
	}
	return 2
}

// shared is called from another place as well.
func shared(ctx Ctx) bool { return cart(ctx) || work() }

func callers(ctx Ctx) bool {
	if checkout(ctx) {
		return shared(ctx)
	}
	return false
}

func Other(ctx Ctx) bool { return shared(ctx) }

// asValue is used as a value: nobody knows who calls it.
func asValue(ctx Ctx) bool { return third(ctx) || work() }

var handlers = []func(Ctx) bool{asValue}

func callsValue(ctx Ctx) bool {
	if checkout(ctx) {
		return asValue(ctx)
	}
	return false
}

type server struct{}

type runner interface{ run(Ctx) bool }

// run satisfies an interface: it is called through it too.
func (server) run(ctx Ctx) bool { return third(ctx) || work() }

var _ runner = server{}

func callsMethod(ctx Ctx, s server) bool {
	if checkout(ctx) {
		return s.run(ctx)
	}
	return false
}

func same(ctx Ctx) int {
	if checkout(ctx) {
		if checkout(ctx) { // the same flag is for redundant-check
			return 1
		}
	}
	return 2
}

func sideBySide(ctx Ctx) int {
	n := 0
	if checkout(ctx) {
		n++
	}
	if cart(ctx) {
		n++
	}
	return n
}

func labelled(ctx Ctx) int {
	if !checkout(ctx) {
		goto end
	}
	work()
end:
	if cart(ctx) { // reached with and without new-checkout
		return 1
	}
	return 2
}

func breaksOut(ctx Ctx, n int) int {
	switch {
	case n > 1:
		if !checkout(ctx) {
			break
		}
		work()
	}
	if third(ctx) { // the break left the switch only
		return 1
	}
	return 2
}

func work() bool { return true }

func called(ctx Ctx) int {
	if cart(ctx) { // want `flag "new-cart" is evaluated only where flag "third" is on \(other.go:4\)`
		return 1
	}
	return 2
}

var offline bool

// on is a helper that answers without the SDK where there is none.
func on(ctx Ctx, key string) bool {
	if offline {
		return false
	}
	return client.Boolean(ctx, key, false, user)
}

// under counts more than the flag.
func under(ctx Ctx, key string, admin bool) bool { return on(ctx, key) && admin }

func helper(ctx Ctx) int {
	if on(ctx, "new-checkout") {
		if on(ctx, "new-cart") { // want `flag "new-cart" is evaluated only where flag "new-checkout" is on`
			return 1
		}
	}
	if under(ctx, "new-checkout", true) {
		if on(ctx, "new-cart") {
			return 2
		}
	}
	return 3
}

func gift(ctx Ctx) bool { return client.Boolean(ctx, "gift", false, user) }

// predicate is told of at the call, and not again in the function that gives the flag.
func predicate(ctx Ctx) int {
	if checkout(ctx) {
		if gift(ctx) { // want `flag "gift" is evaluated only where flag "new-checkout" is on`
			return 1
		}
	}
	return 2
}
