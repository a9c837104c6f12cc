// Package env is a stub: the signatures of Istio's environment variables, without behaviour.
package env

// GenericVar is a variable of type T.
type GenericVar[T any] struct{ value T }

// Parseable is what a variable can be.
type Parseable interface {
	~bool | ~string | ~int | ~float64
}

func Register[T Parseable](name string, defaultValue T, description string) GenericVar[T] {
	return GenericVar[T]{}
}

func (v GenericVar[T]) Get() T { return v.value }

func (v GenericVar[T]) Lookup() (T, bool) { return v.value, false }
