// Package ldclient is a stub: the signatures of LaunchDarkly's server SDK v6, without behaviour.
package ldclient

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v6/interfaces/flagstate"
)

// LDClient evaluates flags.
type LDClient struct{}

func (c *LDClient) BoolVariation(key string, user ldcontext.Context, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

func (c *LDClient) BoolVariationDetail(key string, user ldcontext.Context, defaultVal bool) (bool, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) IntVariation(key string, user ldcontext.Context, defaultVal int) (int, error) {
	return defaultVal, nil
}

func (c *LDClient) IntVariationDetail(key string, user ldcontext.Context, defaultVal int) (int, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) Float64Variation(key string, user ldcontext.Context, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

func (c *LDClient) Float64VariationDetail(key string, user ldcontext.Context, defaultVal float64) (float64, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) StringVariation(key string, user ldcontext.Context, defaultVal string) (string, error) {
	return defaultVal, nil
}

func (c *LDClient) StringVariationDetail(key string, user ldcontext.Context, defaultVal string) (string, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) JSONVariation(key string, user ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

func (c *LDClient) JSONVariationDetail(key string, user ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) AllFlagsState(user ldcontext.Context, options ...flagstate.Option) flagstate.AllFlags {
	return flagstate.AllFlags{}
}
