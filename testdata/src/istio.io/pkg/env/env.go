// Package env is a stub: the signatures of Istio's older environment variables, without behaviour.
package env

// BoolVar is a variable of type bool.
type BoolVar struct{}

func RegisterBoolVar(name string, defaultValue bool, description string) BoolVar { return BoolVar{} }

func (v BoolVar) Get() bool { return false }

func (v BoolVar) Lookup() (bool, bool) { return false, false }
