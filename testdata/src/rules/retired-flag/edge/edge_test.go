package shop

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

func TestSearch(t *testing.T) {
	_ = openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"slow-search": {DefaultVariant: "on", Variants: map[string]any{"on": true, "off": false}}, // want `flag "slow-search" is retired`
		"new-cart":    {DefaultVariant: "on", Variants: map[string]any{"on": true, "off": false}},
	}))
}
