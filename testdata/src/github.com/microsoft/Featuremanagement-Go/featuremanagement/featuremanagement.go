// Package featuremanagement is a stub: the signatures of Microsoft Feature Management, without behaviour.
package featuremanagement

// FeatureManager evaluates features.
type FeatureManager struct{}

// Variant is a variant assigned.
type Variant struct {
	Name               string
	ConfigurationValue any
}

func (fm *FeatureManager) IsEnabled(featureName string) (bool, error) { return false, nil }

func (fm *FeatureManager) IsEnabledWithAppContext(featureName string, appContext any) (bool, error) {
	return false, nil
}

func (fm *FeatureManager) GetVariant(featureName string, appContext any) (*Variant, error) {
	return nil, nil
}
