package shop

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

func TestBoth(t *testing.T) {
	for _, variant := range []string{"on", "off"} {
		_ = openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
			"new-checkout": {DefaultVariant: variant, Variants: map[string]any{"on": true, "off": false}},
		}))
	}
}
