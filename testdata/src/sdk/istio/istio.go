// Package istio uses every row of the provider istio.
package istio

import (
	"time"

	"go.uber.org/atomic"
	"istio.io/istio/pkg/env"
	oldenv "istio.io/pkg/env"
)

// EnableX holds its flag's value from the start on: reading it evaluates.
var EnableX = env.Register("PILOT_ENABLE_X", true, "X is on").Get() // want `declaration PILOT_ENABLE_X default=true` `registered PILOT_ENABLE_X active default=true`

var enableY = env.Register("PILOT_ENABLE_Y", false, "Y is on") // want `declaration PILOT_ENABLE_Y default=false` `registered PILOT_ENABLE_Y active default=false`

var enableOld = oldenv.RegisterBoolVar("PILOT_ENABLE_OLD", true, "old") // want `declaration PILOT_ENABLE_OLD default=true` `registered PILOT_ENABLE_OLD active default=true`

// a setting, and no flag
var interval = env.Register("PILOT_INTERVAL", 10, "seconds").Get()

// EnableBoth needs another flag, too.
var EnableBoth = env.Register("PILOT_BOTH", true, "both").Get() && // want `declaration PILOT_BOTH default=true` `evaluation PILOT_BOTH bool default=true` `registered PILOT_BOTH active default=true`
	EnableX // want `evaluation PILOT_ENABLE_X bool default=true`

// Atomic may change while the program runs.
var Atomic = atomic.NewBool(env.Register( // want `declaration PILOT_ATOMIC default=false` `registered PILOT_ATOMIC active default=false`
	"PILOT_ATOMIC", false, "changes").Get())

// Labels are no flags.
var Labels = map[string]string{"zone": "a"}

func combined() bool {
	return EnableBoth || // want `evaluation PILOT_BOTH bool default=true inexact`
		Atomic.Load() // want `evaluation PILOT_ATOMIC bool`
}

func use() time.Duration {
	if EnableX { // want `evaluation PILOT_ENABLE_X bool default=true`
		return 0
	}
	if enableY.Get() { // want `evaluation PILOT_ENABLE_Y bool default=false`
		return 1
	}
	if v, ok := enableY.Lookup(); ok && v { // want `evaluation PILOT_ENABLE_Y bool default=false`
		return 2
	}
	if enableOld.Get() { // want `evaluation PILOT_ENABLE_OLD bool default=true`
		return 3
	}
	if v, ok := enableOld.Lookup(); ok && v { // want `evaluation PILOT_ENABLE_OLD bool default=true`
		return 4
	}
	return time.Duration(interval)
}
