// Package values has expressions that yield a flag's value without being a
// reference to it.
package values

import (
	"context"

	"flagref/sdk"
)

var client *sdk.Client

func isNew() bool { return client.Bool(context.TODO(), "x", false) } // want `value x exact`

func isOld() bool { return !isNew() } // want `value x exact`

func both(admin bool) bool { return isNew() && admin } // want `value x exact`

func use(admin bool) {
	if isNew() { // want `value x exact`
	}
	if isOld() { // want `value x negated exact`
	}
	if both(admin) { // want `value x$`
	}
	on := client.Bool(context.TODO(), "y", false) // want `value y exact`
	if on {                                        // want `value y exact`
	}
	v, err := client.BoolValue(context.TODO(), "z", false) // want `value z exact`
	if err != nil {                                        // want `value z role=error exact`
		return
	}
	_ = v                           // want `value z exact`
	res, _ := client.Details("det") // want `value det role=details exact`
	_ = res.Value                   // want `value det role=details exact` `value det exact`
	_ = res.Off                     // want `value det role=details exact` `value det negated exact`
	_ = res.Variant                 // want `value det role=details exact` `value det role=variant exact`
	_ = res.Reason                  // want `value det role=details exact`
	changed := client.Bool(context.TODO(), "c", false) // want `value c exact`
	if admin {
		changed = true
	}
	_ = changed // want `value c$`
}

type svc struct{ on, twice bool }

func newSvc() *svc {
	return &svc{
		on:    client.Bool(context.TODO(), "field", false), // want `value field exact`
		twice: client.Bool(context.TODO(), "twice", false), // want `value twice exact`
	}
}

func (s *svc) run() {
	if s.on { // want `value field exact`
	}
	if s.twice { // want `value twice$`
	}
}

func (s *svc) set() { s.twice = true }
