// Package client is a stub: the signatures of Optimizely's client v2, without behaviour.
package client

import (
	"github.com/optimizely/go-sdk/v2/pkg/decision"
	"github.com/optimizely/go-sdk/v2/pkg/entities"
	"github.com/optimizely/go-sdk/v2/pkg/optimizelyjson"
)

// OptimizelyClient evaluates features.
type OptimizelyClient struct{}

// OptimizelyUserContext is a user who asks.
type OptimizelyUserContext struct{}

// OptimizelyDecision is a flag evaluated.
type OptimizelyDecision struct {
	VariationKey string
	Enabled      bool
	Variables    *optimizelyjson.OptimizelyJSON
	RuleKey      string
	FlagKey      string
	UserContext  OptimizelyUserContext
	Reasons      []string
}

func (c *OptimizelyClient) CreateUserContext(userID string, attributes map[string]interface{}) OptimizelyUserContext {
	return OptimizelyUserContext{}
}

func (u *OptimizelyUserContext) Decide(key string, options []string) OptimizelyDecision {
	return OptimizelyDecision{}
}

func (u *OptimizelyUserContext) DecideForKeys(keys []string, options []string) map[string]OptimizelyDecision {
	return nil
}

func (u *OptimizelyUserContext) DecideAll(options []string) map[string]OptimizelyDecision {
	return nil
}

func (u *OptimizelyUserContext) SetForcedDecision(context decision.OptimizelyDecisionContext, d decision.OptimizelyForcedDecision) bool {
	return true
}

func (u *OptimizelyUserContext) RemoveForcedDecision(context decision.OptimizelyDecisionContext) bool {
	return true
}

func (c *OptimizelyClient) IsFeatureEnabled(featureKey string, user entities.UserContext) (bool, error) {
	return false, nil
}

func (c *OptimizelyClient) GetAllFeatureVariables(featureKey string, user entities.UserContext) (*optimizelyjson.OptimizelyJSON, error) {
	return nil, nil
}

func (c *OptimizelyClient) GetAllFeatureVariablesWithDecision(featureKey string, user entities.UserContext) (bool, map[string]interface{}, error) {
	return false, nil, nil
}

func (c *OptimizelyClient) GetEnabledFeatures(user entities.UserContext) ([]string, error) {
	return nil, nil
}

func (c *OptimizelyClient) Activate(experimentKey string, user entities.UserContext) (string, error) {
	return "", nil
}

func (c *OptimizelyClient) GetVariation(experimentKey string, user entities.UserContext) (string, error) {
	return "", nil
}

func (c *OptimizelyClient) GetFeatureVariableBoolean(featureKey string, variableKey string, user entities.UserContext) (bool, error) {
	return *new(bool), nil
}

func (c *OptimizelyClient) GetFeatureVariableInteger(featureKey string, variableKey string, user entities.UserContext) (int, error) {
	return *new(int), nil
}

func (c *OptimizelyClient) GetFeatureVariableDouble(featureKey string, variableKey string, user entities.UserContext) (float64, error) {
	return *new(float64), nil
}

func (c *OptimizelyClient) GetFeatureVariableString(featureKey string, variableKey string, user entities.UserContext) (string, error) {
	return *new(string), nil
}

func (c *OptimizelyClient) GetFeatureVariableJSON(featureKey string, variableKey string, user entities.UserContext) (*optimizelyjson.OptimizelyJSON, error) {
	return *new(*optimizelyjson.OptimizelyJSON), nil
}
