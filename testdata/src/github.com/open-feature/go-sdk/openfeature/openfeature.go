// Package openfeature is a stub of github.com/open-feature/go-sdk/openfeature
// with the signatures of v1.20.0 that the rules' corpus uses.
package openfeature

import "context"

type EvaluationContext struct{ targetingKey string }

func NewEvaluationContext(targetingKey string, attributes map[string]any) EvaluationContext {
	return EvaluationContext{targetingKey}
}

func (e EvaluationContext) TargetingKey() string { return e.targetingKey }

type Option func()

type Client struct{ domain string }

func NewClient(domain string) *Client { return &Client{domain} }

func (c *Client) Boolean(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) bool {
	return defaultValue
}

func (c *Client) String(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) string {
	return defaultValue
}

func (c *Client) Int(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) int64 {
	return defaultValue
}

func (c *Client) Float(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) float64 {
	return defaultValue
}

func (c *Client) BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error) {
	return defaultValue, nil
}

func (c *Client) StringValue(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (string, error) {
	return defaultValue, nil
}

type FeatureProvider interface{ Metadata() string }

func SetProviderAndWait(provider FeatureProvider) error { return nil }
