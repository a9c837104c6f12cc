// Package client is a stub: the signatures of Harness Feature Flags, without behaviour.
package client

import (
	"github.com/harness/ff-golang-server-sdk/evaluation"
	"github.com/harness/ff-golang-server-sdk/types"
)

// CfClient evaluates flags.
type CfClient struct{}

func (c *CfClient) BoolVariation(key string, target *evaluation.Target, defaultValue bool) (bool, error) {
	return defaultValue, nil
}

func (c *CfClient) StringVariation(key string, target *evaluation.Target, defaultValue string) (string, error) {
	return defaultValue, nil
}

func (c *CfClient) IntVariation(key string, target *evaluation.Target, defaultValue int64) (int64, error) {
	return defaultValue, nil
}

func (c *CfClient) NumberVariation(key string, target *evaluation.Target, defaultValue float64) (float64, error) {
	return defaultValue, nil
}

func (c *CfClient) JSONVariation(key string, target *evaluation.Target, defaultValue types.JSON) (types.JSON, error) {
	return defaultValue, nil
}
