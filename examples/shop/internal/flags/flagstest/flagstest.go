// Package flagstest gives tests a client with the flags that they set.
package flagstest

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"

	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
)

// Client returns a client for which the given flags are set, and no others.
func Client(t *testing.T, set map[string]bool) *flags.Client {
	t.Helper()
	known := map[string]memprovider.InMemoryFlag{}
	for key, on := range set {
		known[key] = memprovider.InMemoryFlag{
			Key: key, State: memprovider.Enabled, DefaultVariant: "set", Variants: map[string]any{"set": on},
		}
	}
	if err := openfeature.SetNamedProviderAndWait(t.Name(), memprovider.NewInMemoryProvider(known)); err != nil {
		t.Fatal(err)
	}
	return flags.New(openfeature.NewClient(t.Name()))
}
