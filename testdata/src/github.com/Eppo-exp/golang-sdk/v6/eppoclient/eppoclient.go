// Package eppoclient is a stub: the signatures of Eppo v6, without behaviour.
package eppoclient

import "context"

// EppoClient assigns subjects to variations.
type EppoClient struct{}

// Attributes describe a subject.
type Attributes map[string]interface{}

// ContextAttributes describe a subject or an action.
type ContextAttributes struct{}

// BanditResult is what a bandit chose.
type BanditResult struct {
	Variation string
	Action    *string
}

func (ec *EppoClient) GetBanditAction(flagKey string, subjectKey string, attributes ContextAttributes, actions map[string]ContextAttributes, defaultVariation string) BanditResult {
	return BanditResult{}
}

func (ec *EppoClient) GetBanditActionContext(ctx context.Context, flagKey string, subjectKey string, attributes ContextAttributes, actions map[string]ContextAttributes, defaultVariation string) BanditResult {
	return BanditResult{}
}

func (ec *EppoClient) GetBoolAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue bool) (bool, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetBoolAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue bool) (bool, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetStringAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue string) (string, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetStringAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue string) (string, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetIntegerAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue int64) (int64, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetIntegerAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue int64) (int64, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetNumericAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue float64) (float64, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetNumericAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue float64) (float64, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetJSONAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue interface{}) (interface{}, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetJSONAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue interface{}) (interface{}, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetJSONBytesAssignment(flagKey string, subjectKey string, attributes Attributes, defaultValue []byte) ([]byte, error) {
	return defaultValue, nil
}

func (ec *EppoClient) GetJSONBytesAssignmentContext(ctx context.Context, flagKey string, subjectKey string, attributes Attributes, defaultValue []byte) ([]byte, error) {
	return defaultValue, nil
}
