// Package remote is a stub: the signatures of Amplitude's remote evaluation, without behaviour.
package remote

import "github.com/amplitude/experiment-go-server/pkg/experiment"

// Client asks the server.
type Client struct{}

func (c *Client) Fetch(user *experiment.User) (map[string]experiment.Variant, error) {
	return nil, nil
}

func (c *Client) FetchV2(user *experiment.User) (map[string]experiment.Variant, error) {
	return nil, nil
}
