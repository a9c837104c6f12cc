// Package unleash is a stub: the signatures of Unleash's client v4, without behaviour.
package unleash

import "github.com/Unleash/unleash-client-go/v4/api"

// Client asks the server.
type Client struct{}

// FeatureOption is an option of IsEnabled.
type FeatureOption func(*int)

// VariantOption is an option of GetVariant.
type VariantOption func(*int)

// WithFallback gives the value of an unknown feature.
func WithFallback(fallback bool) FeatureOption { return nil }

// WithContext gives the user.
func WithContext(ctx any) FeatureOption { return nil }

// WithVariantFallback gives the variant of an unknown feature.
func WithVariantFallback(fallback *api.Variant) VariantOption { return nil }

func (c *Client) IsEnabled(feature string, options ...FeatureOption) bool { return false }

func (c *Client) GetVariant(feature string, options ...VariantOption) *api.Variant {
	return &api.Variant{}
}

func IsEnabled(feature string, options ...FeatureOption) bool { return false }

func GetVariant(feature string, options ...VariantOption) *api.Variant { return &api.Variant{} }
