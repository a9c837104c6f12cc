package openfeature

import (
	"context"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
	oftesting "github.com/open-feature/go-sdk/openfeature/testing"
)

func TestInMemory(t *testing.T) {
	provider := memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"new-checkout": { // want `override new-checkout set=true`
			State:          memprovider.Enabled,
			DefaultVariant: "on",
			Variants:       map[string]any{"on": true, "off": false},
		},
		"color": {State: memprovider.Enabled, DefaultVariant: "b", Variants: map[string]any{"a": "red", "b": "blue"}}, // want `override color set="blue"`
	})
	if err := openfeature.SetProviderAndWait(provider); err != nil {
		t.Fatal(err)
	}
	provider.UpdateFlags(map[string]memprovider.InMemoryFlag{
		"updated": {State: memprovider.Enabled, DefaultVariant: "off", Variants: map[string]any{"off": false}}, // want `override updated set=false`
	})
}

func TestUsingFlags(t *testing.T) {
	provider := oftesting.NewTestProvider()
	ctx := provider.UsingFlags(t, map[string]memprovider.InMemoryFlag{
		"using-flags": {State: memprovider.Enabled, DefaultVariant: "on", Variants: map[string]any{"on": true}}, // want `override using-flags set=true`
	})
	_ = wrapped(ctx, openfeature.NewDefaultClient(), "using-flags") // want `evaluation using-flags bool default=false`
}

var _ = context.Background
