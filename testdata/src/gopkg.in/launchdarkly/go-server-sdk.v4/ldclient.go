// Package ldclient is a stub: the signatures of LaunchDarkly's server SDK v4, without behaviour.
package ldclient

import (
	"encoding/json"
	"gopkg.in/launchdarkly/go-server-sdk.v4/ldvalue"
)

// LDClient evaluates flags.
type LDClient struct{}

// User is whom a flag is evaluated for.
type User struct{ Key *string }

// EvaluationDetail explains a value.
type EvaluationDetail struct {
	Value          ldvalue.Value
	VariationIndex int
}

func (c *LDClient) BoolVariation(key string, user User, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

func (c *LDClient) BoolVariationDetail(key string, user User, defaultVal bool) (bool, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

func (c *LDClient) IntVariation(key string, user User, defaultVal int) (int, error) {
	return defaultVal, nil
}

func (c *LDClient) IntVariationDetail(key string, user User, defaultVal int) (int, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

func (c *LDClient) Float64Variation(key string, user User, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

func (c *LDClient) Float64VariationDetail(key string, user User, defaultVal float64) (float64, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

func (c *LDClient) StringVariation(key string, user User, defaultVal string) (string, error) {
	return defaultVal, nil
}

func (c *LDClient) StringVariationDetail(key string, user User, defaultVal string) (string, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

func (c *LDClient) JSONVariation(key string, user User, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

func (c *LDClient) JSONVariationDetail(key string, user User, defaultVal ldvalue.Value) (ldvalue.Value, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

func (c *LDClient) JsonVariation(key string, user User, defaultVal json.RawMessage) (json.RawMessage, error) {
	return defaultVal, nil
}

func (c *LDClient) JsonVariationDetail(key string, user User, defaultVal json.RawMessage) (json.RawMessage, EvaluationDetail, error) {
	return defaultVal, EvaluationDetail{}, nil
}

// FeatureFlagsState holds every flag.
type FeatureFlagsState struct{}

func (c *LDClient) AllFlagsState(user User) FeatureFlagsState { return FeatureFlagsState{} }
