// Package featureflags is a stub: the signatures of GitLab Runner's flags, without behaviour.
package featureflags

// FeatureFlag is a row of the table of flags.
type FeatureFlag struct {
	Name            string
	DefaultValue    bool
	Deprecated      bool
	ToBeRemovedWith string
	Description     string
}
