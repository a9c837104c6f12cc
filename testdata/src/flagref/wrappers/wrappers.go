// Package wrappers is a team's own layer around the SDK; wrapuse uses it.
package wrappers

import (
	"context"
	"log"

	"flagref/sdk"
)

var client *sdk.Client

const NewUI = "new-ui" // want `declaration new-ui`

// On is a wrapper: its parameter becomes the key, so the call here is no reference.
func On(ctx context.Context, key string) bool {
	return client.Bool(ctx, key, false)
}

// Higher calls a wrapper.
func Higher(key string) bool { return On(context.Background(), key) }

// Prefixed makes the key of its parameter.
func Prefixed(key string) bool { return client.Bool(context.TODO(), "app."+key, true) }

// Safe swallows the error.
func Safe(key string, def bool) bool {
	v, err := client.BoolValue(context.TODO(), key, def)
	if err != nil {
		log.Println(err)
		return def
	}
	return v
}

// Quiet has no effects beside evaluating.
func Quiet(key string, def bool) bool {
	if v, err := client.BoolValue(context.TODO(), key, def); err == nil {
		return v
	}
	return def
}

// Computed adds a condition of its own.
func Computed(key string, admin bool) bool { return client.Bool(context.TODO(), key, false) && admin }

// Not is negated.
func Not(key string) bool { return !On(context.TODO(), key) }

// Guarded does not always evaluate.
func Guarded(key string) bool {
	if client == nil {
		return false
	}
	return client.Bool(context.TODO(), key, false)
}

// Branch returns by an if.
func Branch(key string) bool {
	if client.Bool(context.TODO(), key, false) {
		return true
	}
	return false
}

// Named returns by a bare return.
func Named(key string) (on bool, err error) {
	on, err = client.BoolValue(context.TODO(), key, false)
	return
}

// Recursive calls itself.
func Recursive(key string, n int) bool {
	if n == 0 {
		return client.Bool(context.TODO(), key, false)
	}
	return Recursive(key, n-1)
}

// Ping and Pong call each other.
func Ping(key string, n int) bool {
	if n > 0 {
		return Pong(key, n-1)
	}
	return On(context.TODO(), key)
}

func Pong(key string, n int) bool { return Ping(key, n) }

// Predicate has a constant key: the evaluation is here.
func Predicate() bool {
	return On(context.TODO(), NewUI) // want `evaluation new-ui default=false exact obj=NewUI via=wrappers.go:17`
}

// Any evaluates each key of a list.
func Any(keys ...string) bool {
	for _, k := range keys {
		if On(context.TODO(), k) {
			return true
		}
	}
	return false
}

// Do runs a function when the flag is on.
func Do(key string, fn func()) {
	if On(context.TODO(), key) {
		fn()
	}
}

type Service struct{ c *sdk.Client }

func New(c *sdk.Client) *Service { return &Service{c} }

func (s *Service) Enabled(ctx context.Context, key string) bool { return s.c.Bool(ctx, key, false) }

func (s *Service) internal(key string) bool { return s.Enabled(context.TODO(), key) }

func (s *Service) Checkout() bool {
	return s.internal("checkout") // want `evaluation checkout default=false exact via=wrappers.go:118 via=wrappers.go:116`
}

// Request carries the key in a field.
type Request struct{ Flag, User string }

func (s *Service) Ask(r Request) bool { return s.c.Bool(context.TODO(), r.Flag, false) }

func (s *Service) AskPtr(r *Request) bool { return s.Ask(*r) }

// Generic is a wrapper with a type parameter.
func Generic[K ~string](key K) bool { return On(context.TODO(), string(key)) }

// Box is generic itself.
type Box[T any] struct{ v T }

func (b *Box[T]) Get(key string) bool { return On(context.TODO(), key) }

// Lookup is no wrapper: the key is the result of something else.
func Lookup(id int) bool {
	return On(context.TODO(), names[id]) // want `evaluation one .*multi` `evaluation two .*multi`
}

var names = []string{"one", "two"}

// Handler is called by nobody we can see, and takes the key apart.
func Handler(path []byte) bool {
	return On(context.TODO(), string(path)) // a conversion of a parameter stays a parameter
}

// Known is a set of keys, for packages that ask each.
var Known = map[string]struct{}{"set-1": {}, "set-2": {}}
