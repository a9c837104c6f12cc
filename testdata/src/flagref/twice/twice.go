// Package twice has flag objects that the configuration describes, and that a
// built-in SDK is asked with.
package twice

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("twice")

type Flag struct{ Name string }

// On is configured, and asks an SDK.
func (f *Flag) On(ctx context.Context) bool {
	return client.Boolean(ctx, f.Name, false, openfeature.EvaluationContext{})
}

// Ask is not configured.
func (f *Flag) Ask(ctx context.Context) bool { return f.On(ctx) }

var Search = &Flag{Name: "twice-search"} // want `declaration twice-search`

func use(ctx context.Context) bool {
	return Search.On(ctx) && // want `evaluation twice-search`
		Search.Ask(ctx) // want `evaluation twice-search`
}
