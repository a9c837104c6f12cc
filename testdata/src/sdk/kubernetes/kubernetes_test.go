package kubernetes

import (
	"testing"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"
	"k8s.io/klog/v2"
)

func TestUse(t *testing.T) {
	featuregatetesting.SetFeatureGateDuringTest(t, gate, NewThing, true) // want `override NewThing set=true`
	featuregatetesting.SetFeatureGatesDuringTest(t, gate, featuregatetesting.FeatureOverrides{
		NewThing: false, // want `override NewThing set=false`
		Gone:     true,  // want `override Gone set=true`
	})
	for _, on := range []bool{true, false} {
		featuregatetesting.SetFeatureGateDuringTest(t, gate, Stepwise, on) // want `override Stepwise`
		_ = use(gate, gate)
	}
}

func TestInterfaces(t *testing.T) {
	var m featuregate.MutableVersionedFeatureGate = gate
	v := version.MustParse("1.33")
	logger := klog.Background()
	_ = m.Set("NewThing=true,Gone=false")                // want `override NewThing set=true` `override Gone set=false`
	_ = m.SetFromMap(map[string]bool{"NewThing": false}) // want `override NewThing set=false`
	_ = m.OverrideDefault(NewThing, true)                // want `override NewThing set=true`
	_ = m.OverrideDefaultAtVersion(NewThing, true, v)    // want `override NewThing set=true`
	var l featuregate.MutableFeatureGateWithLogger = gate
	_ = l.SetWithLogger(logger, "Gone=true")                           // want `override Gone set=true`
	_ = l.SetFromMapWithLogger(logger, map[string]bool{"Gone": false}) // want `override Gone set=false`
	_ = l.OverrideDefaultWithLogger(logger, Gone, true)                // want `override Gone set=true`
	var vl featuregate.MutableVersionedFeatureGateWithLogger = gate
	_ = vl.OverrideDefaultAtVersionWithLogger(logger, Gone, true, v) // want `override Gone set=true`
}

func TestConcrete(t *testing.T) {
	v := version.MustParse("1.33")
	logger := klog.Background()
	_ = gate.Set("NewThing=true")                                        // want `override NewThing set=true`
	_ = gate.SetWithLogger(logger, "NewThing=false")                     // want `override NewThing set=false`
	_ = gate.SetFromMap(map[string]bool{"NewThing": true})               // want `override NewThing set=true`
	_ = gate.SetFromMapWithLogger(logger, map[string]bool{"Gone": true}) // want `override Gone set=true`
	_ = gate.OverrideDefault(Gone, false)                                // want `override Gone set=false`
	_ = gate.OverrideDefaultWithLogger(logger, Gone, true)               // want `override Gone set=true`
	_ = gate.OverrideDefaultAtVersion(Gone, true, v)                     // want `override Gone set=true`
	_ = gate.OverrideDefaultAtVersionWithLogger(logger, Gone, true, v)   // want `override Gone set=true`
}
