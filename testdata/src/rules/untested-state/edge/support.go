package shop

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

// Help is for the tests of other packages.
func Help(t *testing.T, variant string) {
	err := openfeature.SetProviderAndWait(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
		"helped": {DefaultVariant: variant, Variants: map[string]any{"on": true, "off": false}},
	}))
	if err != nil {
		t.Fatal(err)
	}
}
