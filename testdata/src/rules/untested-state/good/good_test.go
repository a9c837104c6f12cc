package shop

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

func TestOn(t *testing.T) {
	_ = openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"new-checkout": {DefaultVariant: "on", Variants: map[string]any{"on": true, "off": false}},
	}))
}

func TestOff(t *testing.T) {
	_ = openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"new-checkout": {DefaultVariant: "off", Variants: map[string]any{"on": true, "off": false}},
	}))
}
