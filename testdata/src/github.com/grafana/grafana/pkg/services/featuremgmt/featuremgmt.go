// Package featuremgmt is a stub: the signatures of Grafana's feature toggles, without behaviour.
package featuremgmt

import "context"

// FeatureToggles tells which toggles are on.
type FeatureToggles interface {
	IsEnabled(ctx context.Context, flag string) bool
	IsEnabledGlobally(flag string) bool
}

// FeatureManager holds the toggles.
type FeatureManager struct{}

func (m *FeatureManager) IsEnabled(ctx context.Context, flag string) bool { return false }

func (m *FeatureManager) IsEnabledGlobally(flag string) bool { return false }

func AnyEnabled(f FeatureToggles, flags ...string) bool { return false }

func WithFeatures(spec ...any) FeatureToggles { return &FeatureManager{} }

func WithToggles(spec ...any) *FeatureManager { return &FeatureManager{} }

// FeatureFlagStage is where a toggle stands in its life.
type FeatureFlagStage int

const (
	FeatureStageUnknown FeatureFlagStage = iota
	FeatureStageExperimental
	FeatureStagePrivatePreview
	FeatureStagePublicPreview
	FeatureStageGeneralAvailability
	FeatureStageDeprecated
)

// FeatureFlag is a row of the registry.
type FeatureFlag struct {
	Name        string
	Description string
	Stage       FeatureFlagStage
	Owner       string
	Expression  string
}
