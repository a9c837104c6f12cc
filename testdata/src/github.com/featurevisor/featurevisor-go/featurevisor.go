// Package featurevisor is a stub: the signatures of Featurevisor, without behaviour.
package featurevisor

// StickyFeature is a feature held fast.
type StickyFeature struct {
	Enabled   bool
	Variation *string
}

// StickyFeatures are features held fast.
type StickyFeatures map[string]StickyFeature

// Featurevisor evaluates features.
type Featurevisor struct{}

func (i *Featurevisor) IsEnabled(featureKey string, args ...interface{}) bool { return false }

func (i *Featurevisor) GetVariation(featureKey string, args ...interface{}) *string { return nil }

func (i *Featurevisor) SetSticky(sticky StickyFeatures, replace ...bool) {}

func (i *Featurevisor) GetVariable(featureKey string, variableKey string, args ...interface{}) interface{} {
	return nil
}

func (i *Featurevisor) GetVariableBoolean(featureKey string, variableKey string, args ...interface{}) *bool {
	return nil
}

func (i *Featurevisor) GetVariableString(featureKey string, variableKey string, args ...interface{}) *string {
	return nil
}

func (i *Featurevisor) GetVariableInteger(featureKey string, variableKey string, args ...interface{}) *int {
	return nil
}

func (i *Featurevisor) GetVariableDouble(featureKey string, variableKey string, args ...interface{}) *float64 {
	return nil
}

func (i *Featurevisor) GetVariableArray(featureKey string, variableKey string, args ...interface{}) []string {
	return nil
}

func (i *Featurevisor) GetVariableObject(featureKey string, variableKey string, args ...interface{}) map[string]interface{} {
	return nil
}

func (i *Featurevisor) GetVariableJSON(featureKey string, variableKey string, args ...interface{}) interface{} {
	return nil
}

// FeaturevisorChild evaluates features.
type FeaturevisorChild struct{}

func (i *FeaturevisorChild) IsEnabled(featureKey string, args ...interface{}) bool { return false }

func (i *FeaturevisorChild) GetVariation(featureKey string, args ...interface{}) *string { return nil }

func (i *FeaturevisorChild) SetSticky(sticky StickyFeatures, replace ...bool) {}

func (i *FeaturevisorChild) GetVariable(featureKey string, variableKey string, args ...interface{}) interface{} {
	return nil
}

func (i *FeaturevisorChild) GetVariableBoolean(featureKey string, variableKey string, args ...interface{}) *bool {
	return nil
}

func (i *FeaturevisorChild) GetVariableString(featureKey string, variableKey string, args ...interface{}) *string {
	return nil
}

func (i *FeaturevisorChild) GetVariableInteger(featureKey string, variableKey string, args ...interface{}) *int {
	return nil
}

func (i *FeaturevisorChild) GetVariableDouble(featureKey string, variableKey string, args ...interface{}) *float64 {
	return nil
}

func (i *FeaturevisorChild) GetVariableArray(featureKey string, variableKey string, args ...interface{}) []string {
	return nil
}

func (i *FeaturevisorChild) GetVariableObject(featureKey string, variableKey string, args ...interface{}) map[string]interface{} {
	return nil
}

func (i *FeaturevisorChild) GetVariableJSON(featureKey string, variableKey string, args ...interface{}) interface{} {
	return nil
}
