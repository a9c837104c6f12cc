package shop

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

func TestIt(t *testing.T) {
	_ = openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"only-tests": {DefaultVariant: "on", Variants: map[string]any{"on": true, "off": false}},
	}))
}
