// Package kameleoon is a stub: the signatures of Kameleoon v3, without behaviour.
package kameleoon

// Variation is a variation assigned.
type Variation struct {
	Key          string
	ID           *int
	ExperimentID *int
	Variables    map[string]interface{}
}

// KameleoonClient evaluates features.
type KameleoonClient interface {
	IsFeatureActive(visitorCode string, featureKey string, isUniqueIdentifier ...bool) (bool, error)
	IsFeatureActiveWithTracking(visitorCode string, featureKey string, track bool) (bool, error)
	GetVariation(visitorCode string, featureKey string, track bool) (Variation, error)
	GetFeatureVariationKey(visitorCode string, featureKey string, isUniqueIdentifier ...bool) (string, error)
	GetFeatureVariable(visitorCode string, featureKey string, variableKey string, isUniqueIdentifier ...bool) (interface{}, error)
	GetFeatureVariationVariables(featureKey string, variationKey string) (map[string]interface{}, error)
}
