// Package test is a stub: the signatures of Istio's test helpers, without behaviour.
package test

import "go.uber.org/atomic"

// Failer is a test.
type Failer interface{ Helper() }

func SetForTest[T any](t Failer, vv *T, v T) { *vv = v }

func SetAtomicBoolForTest(t Failer, vv *atomic.Bool, v bool) { vv.Store(v) }
