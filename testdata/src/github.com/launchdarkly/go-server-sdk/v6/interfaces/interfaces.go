// Package interfaces is a stub: the signatures of LaunchDarkly's interfaces v6, without behaviour.
package interfaces

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v6/interfaces/flagstate"
)

// LDClientEvaluations declares the evaluations.
type LDClientEvaluations interface {
	BoolVariation(key string, user ldcontext.Context, defaultVal bool) (bool, error)
	BoolVariationDetail(key string, user ldcontext.Context, defaultVal bool) (bool, flagstate.EvaluationDetail, error)
	IntVariation(key string, user ldcontext.Context, defaultVal int) (int, error)
	IntVariationDetail(key string, user ldcontext.Context, defaultVal int) (int, flagstate.EvaluationDetail, error)
	Float64Variation(key string, user ldcontext.Context, defaultVal float64) (float64, error)
	Float64VariationDetail(key string, user ldcontext.Context, defaultVal float64) (float64, flagstate.EvaluationDetail, error)
	StringVariation(key string, user ldcontext.Context, defaultVal string) (string, error)
	StringVariationDetail(key string, user ldcontext.Context, defaultVal string) (string, flagstate.EvaluationDetail, error)
	JSONVariation(key string, user ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, error)
	JSONVariationDetail(key string, user ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, flagstate.EvaluationDetail, error)
	AllFlagsState(user ldcontext.Context, options ...flagstate.Option) flagstate.AllFlags
}

// LDClientInterface is what applications use.
type LDClientInterface interface {
	LDClientEvaluations
}

// FlagTracker tells of changes.
type FlagTracker interface {
	AddFlagValueChangeListener(flagKey string, user ldcontext.Context, defaultValue ldvalue.Value) <-chan struct{}
}
