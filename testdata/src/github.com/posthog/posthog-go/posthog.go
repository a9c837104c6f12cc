// Package posthog is a stub: the signatures of PostHog v1.23, without behaviour.
package posthog

import "context"

// Client evaluates flags.
type Client interface {
	IsFeatureEnabled(FeatureFlagPayload) (interface{}, error)
	GetFeatureFlag(FeatureFlagPayload) (interface{}, error)
	GetFeatureFlagPayload(FeatureFlagPayload) (string, error)
	GetFeatureFlagResult(FeatureFlagPayload) (*FeatureFlagResult, error)
	GetRemoteConfigPayload(string) (string, error)
	GetAllFlags(FeatureFlagPayloadNoKey) (map[string]interface{}, error)
	EvaluateFlags(EvaluateFlagsPayload) (*FeatureFlagEvaluations, error)
}

// FeatureFlagPayload says which flag, and for whom.
type FeatureFlagPayload struct {
	Key        string
	DistinctId string
}

// FeatureFlagPayloadNoKey says for whom.
type FeatureFlagPayloadNoKey struct{ DistinctId string }

// FeatureFlagResult is the state of a flag.
type FeatureFlagResult struct {
	Key        string
	Enabled    bool
	Variant    *string
	RawPayload *string
}

// EvaluateFlagsPayload says for whom.
type EvaluateFlagsPayload struct{ DistinctId string }

// FeatureFlagEvaluations is the state of every flag.
type FeatureFlagEvaluations struct{}

func (e *FeatureFlagEvaluations) IsEnabled(key string) bool { return false }

func (e *FeatureFlagEvaluations) GetFlag(key string) interface{} { return nil }

func (e *FeatureFlagEvaluations) GetFlagPayload(key string) string { return "" }

func EvaluateFlagsWithContext(ctx context.Context, client Client, payload EvaluateFlagsPayload) (*FeatureFlagEvaluations, error) {
	return client.EvaluateFlags(payload)
}
