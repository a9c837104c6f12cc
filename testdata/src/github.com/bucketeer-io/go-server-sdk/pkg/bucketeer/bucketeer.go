// Package bucketeer is a stub: the signatures of Bucketeer, without behaviour.
package bucketeer

import "context"

// User is whom a flag is evaluated for.
type User struct{ ID string }

// EvaluationDetails is a value, explained.
type EvaluationDetails[T any] struct {
	FeatureID      string
	FeatureVersion int32
	UserID         string
	VariationID    string
	VariationName  string
	VariationValue T
	Reason         string
}

// SDK evaluates flags.
type SDK interface {
	BoolVariation(ctx context.Context, user *User, featureID string, defaultValue bool) bool
	BoolVariationDetails(ctx context.Context, user *User, featureID string, defaultValue bool) EvaluationDetails[bool]
	IntVariation(ctx context.Context, user *User, featureID string, defaultValue int) int
	IntVariationDetails(ctx context.Context, user *User, featureID string, defaultValue int) EvaluationDetails[int]
	Int64Variation(ctx context.Context, user *User, featureID string, defaultValue int64) int64
	Int64VariationDetails(ctx context.Context, user *User, featureID string, defaultValue int64) EvaluationDetails[int64]
	Float64Variation(ctx context.Context, user *User, featureID string, defaultValue float64) float64
	Float64VariationDetails(ctx context.Context, user *User, featureID string, defaultValue float64) EvaluationDetails[float64]
	StringVariation(ctx context.Context, user *User, featureID string, defaultValue string) string
	StringVariationDetails(ctx context.Context, user *User, featureID string, defaultValue string) EvaluationDetails[string]
	ObjectVariation(ctx context.Context, user *User, featureID string, defaultValue interface{}) interface{}
	ObjectVariationDetails(ctx context.Context, user *User, featureID string, defaultValue interface{}) EvaluationDetails[interface{}]
	JSONVariation(ctx context.Context, user *User, featureID string, dst interface{})
	// Track records an event, which is no flag.
	Track(ctx context.Context, user *User, goalID string)
}
