// Package atomic is a stub: the signatures of go.uber.org/atomic v1.11.0 that Istio
// uses, without behaviour.
package atomic

// Bool is an atomic bool.
type Bool struct{ v bool }

func NewBool(val bool) *Bool { return &Bool{val} }

func (x *Bool) Load() bool     { return x.v }
func (x *Bool) Store(val bool) { x.v = val }
