// Package flags is how the shop asks for its feature flags: the SDK is called
// here and nowhere else.
package flags

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

// The flags of the shop.
const (
	OnePageCheckout = "one-page-checkout"
	FreeShipping    = "free-shipping"
	NewSearch       = "new-search"
)

// Switch is a flag with the fallback that it has when no one answers.
type Switch struct {
	Key      string
	Fallback bool
}

// Payments can be turned off when the payment provider is down.
var Payments = &Switch{Key: "payments-enabled", Fallback: true}

// Client asks for flags on behalf of a request.
type Client struct {
	sdk *openfeature.Client
}

// New makes a client around an SDK's.
func New(sdk *openfeature.Client) *Client { return &Client{sdk: sdk} }

// Enabled reports whether a flag is on; it is off when no one answers.
func (c *Client) Enabled(ctx context.Context, key string) bool {
	return c.sdk.Boolean(ctx, key, false, openfeature.EvaluationContext{})
}

// On reports whether a switch is on.
func (c *Client) On(ctx context.Context, s *Switch) bool {
	return c.sdk.Boolean(ctx, s.Key, s.Fallback, openfeature.EvaluationContext{})
}

// Variant returns the variant of a flag.
func (c *Client) Variant(ctx context.Context, key, fallback string) string {
	return c.sdk.String(ctx, key, fallback, openfeature.EvaluationContext{})
}
