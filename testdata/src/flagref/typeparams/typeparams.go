// Package typeparams has wrappers whose type parameter tells the key.
package typeparams

import (
	"context"
	"os"

	"flagref/sdk"
)

var client *sdk.Client

// Flag is what tells its key.
type Flag interface{ Key() string }

// On asks the zero value.
func On[F Flag](ctx context.Context) bool {
	var f F
	return client.Bool(ctx, f.Key(), false)
}

// New asks what new gives.
func New[F Flag]() bool { return client.Bool(context.TODO(), (*new(F)).Key(), true) }

// Deep hands its type on, beside another one.
func Deep[T any, F Flag](t T) bool { return On[F](context.TODO()) }

// Toggle is a type with a parameter.
type Toggle[F Flag] struct{ n int }

func (t *Toggle[F]) Enabled() bool {
	var f F
	return client.Bool(context.TODO(), "app."+f.Key(), false)
}

// Set is given the flag, so that its value may be another one.
func Set[F Flag](set func(*F)) bool {
	var f F
	set(&f)
	return client.Bool(context.TODO(), f.Key(), false) // want `evaluation dynamic: .*`
}

type NewNav struct{}

func (NewNav) Key() string { return "new-nav" }

type OldNav string

const oldNav = "old-nav"

func (*OldNav) Key() string { return oldNav }

// Named has no constant key.
type Named struct{ name string }

func (n Named) Key() string { return n.name }

func use() {
	On[NewNav](context.TODO()) // want `evaluation new-nav default=false exact via`
	New[*OldNav]()             // want `evaluation old-nav default=true exact via`
	Deep[int, NewNav](1)       // want `evaluation new-nav default=false exact via`
	On[Named](context.TODO())  // want `evaluation dynamic: .*`
	var t Toggle[NewNav]
	t.Enabled()                    // want `evaluation app.new-nav default=false exact via`
	(&Toggle[NewNav]{1}).Enabled() // want `evaluation app.new-nav default=false exact via`
	Set(func(n *Named) { n.name = name() })
}

func name() string { return os.Getenv("NAME") }
