// Package kubernetes uses every row of the provider kubernetes.
package kubernetes

import (
	"go.etcd.io/etcd/pkg/v3/featuregate"
)

func featuregateFeatureGate(featureGate featuregate.FeatureGate) {
	_ = featureGate.Enabled("enabled") // want `evaluation enabled bool`
}
