package istio

import (
	"testing"

	"istio.io/istio/pkg/test"
)

func TestX(t *testing.T) {
	test.SetForTest(t, &EnableX, false) // want `override PILOT_ENABLE_X set=false`
	test.SetForTest(t, &Labels, map[string]string{"zone": "b"})
	test.SetAtomicBoolForTest(t, Atomic, true) // want `override PILOT_ATOMIC set=true`
	Atomic.Store(false)                        // want `override PILOT_ATOMIC set=false`
	t.Setenv("PILOT_ENABLE_Y", "true")         // want `override PILOT_ENABLE_Y set="true"`
}
