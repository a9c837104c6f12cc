// Package interfaces is a stub: the signatures of FeatBit's interfaces, without behaviour.
package interfaces

// FBUser is whom a flag is evaluated for.
type FBUser struct{}

// EvalDetail explains a value.
type EvalDetail struct {
	Variation string
	Reason    string
}

// FBEvaluation declares the evaluations.
type FBEvaluation interface {
	Variation(featureFlagKey string, user FBUser, defaultValue string) (string, EvalDetail, error)
	BoolVariation(featureFlagKey string, user FBUser, defaultValue bool) (bool, EvalDetail, error)
	IntVariation(featureFlagKey string, user FBUser, defaultValue int) (int, EvalDetail, error)
	DoubleVariation(featureFlagKey string, user FBUser, defaultValue float64) (float64, EvalDetail, error)
	JsonVariation(featureFlagKey string, user FBUser, defaultValue interface{}) (interface{}, EvalDetail, error)
	IsFlagKnown(featureFlagKey string) bool
}

// AllFlagState holds every flag.
type AllFlagState interface {
	GetStringVariation(featureFlagKey string, defaultValue string) (string, EvalDetail, error)
	GetBoolVariation(featureFlagKey string, defaultValue bool) (bool, EvalDetail, error)
	GetIntVariation(featureFlagKey string, defaultValue int) (int, EvalDetail, error)
	GetDoubleVariation(featureFlagKey string, defaultValue float64) (float64, EvalDetail, error)
	GetJsonVariation(featureFlagKey string, defaultValue interface{}) (interface{}, EvalDetail, error)
}
