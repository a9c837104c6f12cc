// Package local is a stub: the signatures of Amplitude's local evaluation, without behaviour.
package local

import "github.com/amplitude/experiment-go-server/pkg/experiment"

// Client evaluates flags here.
type Client struct{}

// EvaluateOptions limit an evaluation.
type EvaluateOptions struct{ FlagKeys []string }

func (c *Client) Evaluate(user *experiment.User, flagKeys []string) (map[string]experiment.Variant, error) {
	return nil, nil
}

func (c *Client) EvaluateV2(user *experiment.User, flagKeys []string) (map[string]experiment.Variant, error) {
	return nil, nil
}

func (c *Client) EvaluateV2WithOptions(user *experiment.User, options *EvaluateOptions) (map[string]experiment.Variant, error) {
	return nil, nil
}

func (c *Client) FlagMetadata(flagKey string) map[string]interface{} { return nil }
