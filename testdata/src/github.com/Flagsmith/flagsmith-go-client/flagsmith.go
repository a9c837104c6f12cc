// Package flagsmith is a stub: the signatures of Flagsmith v1, without behaviour.
package flagsmith

import "context"

// Client asks the server.
type Client struct{}

// User is an identity.
type User struct{ Identifier string }

func (c *Client) FeatureEnabled(name string) (bool, error) { return *new(bool), nil }

func (c *Client) FeatureEnabledWithContext(ctx context.Context, name string) (bool, error) {
	return *new(bool), nil
}

func (c *Client) HasFeature(name string) (bool, error) { return *new(bool), nil }

func (c *Client) HasFeatureWithContext(ctx context.Context, name string) (bool, error) {
	return *new(bool), nil
}

func (c *Client) GetValue(name string) (interface{}, error) { return *new(interface{}), nil }

func (c *Client) GetValueWithContext(ctx context.Context, name string) (interface{}, error) {
	return *new(interface{}), nil
}

func (c *Client) UserFeatureEnabled(user User, name string) (bool, error) { return *new(bool), nil }

func (c *Client) UserFeatureEnabledWithContext(ctx context.Context, user User, name string) (bool, error) {
	return *new(bool), nil
}

func (c *Client) GetUserValue(user User, name string) (interface{}, error) {
	return *new(interface{}), nil
}

func (c *Client) GetUserValueWithContext(ctx context.Context, user User, name string) (interface{}, error) {
	return *new(interface{}), nil
}

func (c *Client) HasUserFeature(user User, name string) (bool, error) { return *new(bool), nil }

func (c *Client) HasUserFeatureWithContext(ctx context.Context, user User, name string) (bool, error) {
	return *new(bool), nil
}
