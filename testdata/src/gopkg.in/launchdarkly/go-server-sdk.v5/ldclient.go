// Package ldclient is a stub: the signatures of LaunchDarkly's server SDK v5, without behaviour.
package ldclient

import (
	"gopkg.in/launchdarkly/go-sdk-common.v2/lduser"
	"gopkg.in/launchdarkly/go-sdk-common.v2/ldvalue"
	"gopkg.in/launchdarkly/go-server-sdk.v5/interfaces/flagstate"
)

// LDClient evaluates flags.
type LDClient struct{}

func (c *LDClient) BoolVariation(key string, user lduser.User, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

func (c *LDClient) BoolVariationDetail(key string, user lduser.User, defaultVal bool) (bool, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) IntVariation(key string, user lduser.User, defaultVal int) (int, error) {
	return defaultVal, nil
}

func (c *LDClient) IntVariationDetail(key string, user lduser.User, defaultVal int) (int, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) Float64Variation(key string, user lduser.User, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

func (c *LDClient) Float64VariationDetail(key string, user lduser.User, defaultVal float64) (float64, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) StringVariation(key string, user lduser.User, defaultVal string) (string, error) {
	return defaultVal, nil
}

func (c *LDClient) StringVariationDetail(key string, user lduser.User, defaultVal string) (string, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) JSONVariation(key string, user lduser.User, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

func (c *LDClient) JSONVariationDetail(key string, user lduser.User, defaultVal ldvalue.Value) (ldvalue.Value, flagstate.EvaluationDetail, error) {
	return defaultVal, flagstate.EvaluationDetail{}, nil
}

func (c *LDClient) AllFlagsState(user lduser.User, options ...flagstate.Option) flagstate.AllFlags {
	return flagstate.AllFlags{}
}
