// Package interfaces is a stub: the signatures of LaunchDarkly's interfaces v5, without behaviour.
package interfaces

import (
	"gopkg.in/launchdarkly/go-sdk-common.v2/lduser"
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue"
	"gopkg.in/launchdarkly/go-server-sdk.v5/interfaces/flagstate"
)

// LDClientEvaluations declares the evaluations.
type LDClientEvaluations interface {
	BoolVariation(key string, user lduser.User, defaultVal bool) (bool, error)
	BoolVariationDetail(key string, user lduser.User, defaultVal bool) (bool, flagstate.EvaluationDetail, error)
	IntVariation(key string, user lduser.User, defaultVal int) (int, error)
	IntVariationDetail(key string, user lduser.User, defaultVal int) (int, flagstate.EvaluationDetail, error)
	Float64Variation(key string, user lduser.User, defaultVal float64) (float64, error)
	Float64VariationDetail(key string, user lduser.User, defaultVal float64) (float64, flagstate.EvaluationDetail, error)
	StringVariation(key string, user lduser.User, defaultVal string) (string, error)
	StringVariationDetail(key string, user lduser.User, defaultVal string) (string, flagstate.EvaluationDetail, error)
	JSONVariation(key string, user lduser.User, defaultVal ldvalue.Value) (ldvalue.Value, error)
	JSONVariationDetail(key string, user lduser.User, defaultVal ldvalue.Value) (ldvalue.Value, flagstate.EvaluationDetail, error)
	AllFlagsState(user lduser.User, options ...flagstate.Option) flagstate.AllFlags
}

// LDClientInterface is what applications use.
type LDClientInterface interface {
	LDClientEvaluations
}

// FlagTracker tells of changes.
type FlagTracker interface {
	AddFlagValueChangeListener(flagKey string, user lduser.User, defaultValue ldvalue.Value) <-chan struct{}
}
