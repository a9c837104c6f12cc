package otel

import (
	"testing"

	"go.opentelemetry.io/collector/featuregate"
)

func TestUse(t *testing.T) {
	before := alphaGate.IsEnabled()                                                         // want `evaluation component.UseNewThing bool`
	if err := featuregate.GlobalRegistry().Set("component.UseNewThing", true); err != nil { // want `override component.UseNewThing set=true`
		t.Fatal(err)
	}
	defer func() {
		_ = featuregate.GlobalRegistry().Set("component.UseNewThing", before) // want `override component.UseNewThing`
	}()
	_ = featuregate.GlobalRegistry().Set(betaGate.ID(), false) // want `override component.Beta set=false`
	if use() == "" {
		t.Fail()
	}
}
