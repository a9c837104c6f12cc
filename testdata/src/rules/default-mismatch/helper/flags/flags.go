// Package flags has the helpers of a team around the SDK.
package flags

import (
	"context"
	"errors"
	"log"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

var user = openfeature.EvaluationContext{}

// On falls back to false whatever the flag.
func On(ctx context.Context, key string) bool {
	return client.Boolean(ctx, key, false, user)
}

// Deep falls back to what On does.
func Deep(key string) bool { return On(context.TODO(), key) }

// Or passes its fallback on.
func Or(ctx context.Context, key string, fallback bool) bool {
	return client.Boolean(ctx, key, fallback, user)
}

// Open makes a constant of it.
func Open(key string) bool { return Or(context.TODO(), key, true) }

// Rescued returns true where the evaluation fails, whatever the SDK gives.
func Rescued(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, false, user)
	if err != nil {
		log.Println(err)
		return true
	}
	return on
}

// Early asks the other way round.
func Early(ctx context.Context, key string) bool {
	if on, err := client.BooleanValue(ctx, key, false, user); err == nil {
		return on
	}
	return true
}

// Off is negated: where it returns false, the flag counts as on.
func Off(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, false, user)
	if err != nil {
		return false
	}
	return !on
}

// Logged goes on with what the SDK gives.
func Logged(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		log.Println(err)
	}
	return on
}

// Failing leaves it to the caller what an error means.
func Failing(ctx context.Context, key string) (bool, error) {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		return false, err
	}
	return on, nil
}

// Through gives the SDK's fallback together with the error.
func Through(ctx context.Context, key string) (bool, error) {
	return client.BooleanValue(ctx, key, true, user)
}

// Must ends the program.
func Must(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		log.Fatal(err)
	}
	return on
}

var down = errors.New("down")

// Picky distinguishes errors.
func Picky(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	if errors.Is(err, down) {
		return false
	}
	return on
}

// Sorted distinguishes them, too.
func Sorted(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		if errors.Is(err, down) {
			return false
		}
		return true
	}
	return on
}

// Reset overwrites what the SDK gives.
func Reset(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		on = false
	}
	return on
}

// Either has two fallbacks.
func Either(ctx context.Context, key string, admin bool) bool {
	if admin {
		return client.Boolean(ctx, key, true, user)
	}
	return client.Boolean(ctx, key, false, user)
}

var fallbacks = map[string]bool{}

// Table looks the fallback up.
func Table(ctx context.Context, key string) bool {
	return client.Boolean(ctx, key, fallbacks[key], user)
}

// Switched asks for the error in a switch.
func Switched(ctx context.Context, key string) bool {
	on, err := client.BooleanValue(ctx, key, true, user)
	switch {
	case err != nil:
		return false
	default:
		return on
	}
}

// Flag is a team's own object with a fallback of its own.
type Flag struct {
	Key     string
	Default bool
}

func (f *Flag) On(ctx context.Context) bool { return client.Boolean(ctx, f.Key, f.Default, user) }

// New makes one.
func New(key string, fallback bool) *Flag { return &Flag{key, fallback} }

// Agreeing gives what the SDK falls back to beside the error.
func Agreeing(ctx context.Context, key string) (bool, error) {
	on, err := client.BooleanValue(ctx, key, true, user)
	if err != nil {
		return true, err
	}
	return on, nil
}

// Typed is a flag of any type, seen through an interface.
type Typed[T any] interface {
	Name() string
	Fallback() T
}

func get[T any](ctx context.Context, ask func(context.Context, string, T, openfeature.EvaluationContext, ...openfeature.Option) (T, error), flag Typed[T]) T {
	if client == nil {
		return flag.Fallback()
	}
	v, err := ask(ctx, flag.Name(), flag.Fallback(), user)
	if err != nil {
		log.Println(err)
	}
	return v
}

// Switch is such a flag.
type Switch struct {
	name string
	on   bool
}

func (s Switch) Name() string   { return s.name }
func (s Switch) Fallback() bool { return s.on }

// NewSwitch makes one.
func NewSwitch(name string, on bool) Switch { return Switch{name: name, on: on} }

// Ask evaluates one.
func Ask(ctx context.Context, s Switch) bool { return get(ctx, client.BooleanValue, s) }
