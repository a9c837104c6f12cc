package kubernetes

import (
	"go.etcd.io/etcd/pkg/v3/featuregate"
)

func featuregateMutableFeatureGateOverrides(mutableFeatureGate featuregate.MutableFeatureGate) {
	_ = mutableFeatureGate.OverrideDefault("override-default", true)         // want `override override-default set=true`
	_ = mutableFeatureGate.Set("set=true")                                   // want `override set set=true`
	_ = mutableFeatureGate.SetFromMap(map[string]bool{"set-from-map": true}) // want `override set-from-map set=true`
}
