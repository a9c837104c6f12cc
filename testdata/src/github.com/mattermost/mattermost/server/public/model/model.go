// Package model is a stub: the signatures of Mattermost's configuration, without behaviour.
package model

// FeatureFlags are Mattermost's flags.
type FeatureFlags struct {
	TestFeature     string
	TestBoolFeature bool
	AppsEnabled     bool
}

func (f *FeatureFlags) SetDefaults() {
	f.TestFeature = "off"
	f.TestBoolFeature = false
	f.AppsEnabled = true
}

// Config is the configuration.
type Config struct {
	FeatureFlags *FeatureFlags
}
