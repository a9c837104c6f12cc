// Package featbit is a stub: the signatures of FeatBit, without behaviour.
package featbit

import "github.com/featbit/featbit-go-sdk/interfaces"

// FBClient evaluates flags.
type FBClient struct{}

func (c *FBClient) Variation(featureFlagKey string, user interfaces.FBUser, defaultValue string) (string, interfaces.EvalDetail, error) {
	return defaultValue, interfaces.EvalDetail{}, nil
}

func (c *FBClient) BoolVariation(featureFlagKey string, user interfaces.FBUser, defaultValue bool) (bool, interfaces.EvalDetail, error) {
	return defaultValue, interfaces.EvalDetail{}, nil
}

func (c *FBClient) IntVariation(featureFlagKey string, user interfaces.FBUser, defaultValue int) (int, interfaces.EvalDetail, error) {
	return defaultValue, interfaces.EvalDetail{}, nil
}

func (c *FBClient) DoubleVariation(featureFlagKey string, user interfaces.FBUser, defaultValue float64) (float64, interfaces.EvalDetail, error) {
	return defaultValue, interfaces.EvalDetail{}, nil
}

func (c *FBClient) JsonVariation(featureFlagKey string, user interfaces.FBUser, defaultValue interface{}) (interface{}, interfaces.EvalDetail, error) {
	return defaultValue, interfaces.EvalDetail{}, nil
}

func (c *FBClient) IsFlagKnown(featureFlagKey string) bool { return false }
