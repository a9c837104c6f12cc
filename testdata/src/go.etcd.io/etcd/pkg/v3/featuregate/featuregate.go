// Package featuregate is a stub: the signatures of etcd's copy of Kubernetes' feature gates, without behaviour.
package featuregate

// Feature names a gate.
type Feature string

type prerelease string

const (
	Alpha      = prerelease("ALPHA")
	Beta       = prerelease("BETA")
	GA         = prerelease("")
	Deprecated = prerelease("DEPRECATED")
)

// FeatureSpec describes a gate.
type FeatureSpec struct {
	Default       bool
	LockToDefault bool
	PreRelease    prerelease
}

// FeatureGate tells which gates are on.
type FeatureGate interface {
	Enabled(key Feature) bool
}

// MutableFeatureGate can be set.
type MutableFeatureGate interface {
	FeatureGate
	Set(value string) error
	SetFromMap(m map[string]bool) error
	Add(features map[Feature]FeatureSpec) error
	OverrideDefault(name Feature, override bool) error
}
