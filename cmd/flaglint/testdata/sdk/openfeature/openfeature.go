// Package openfeature stands for the SDK of that import path in scripts, which
// run without a network.
package openfeature

import "context"

type Client struct{}

type EvaluationContext struct{}

type Option func()

func NewClient(domain string) *Client { return &Client{} }

func (c *Client) Boolean(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) bool {
	return defaultValue
}

func (c *Client) String(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) string {
	return defaultValue
}
