package registry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/registry"
)

func of(t *testing.T, keys ...string) *registry.Registry {
	t.Helper()
	var flags []*registry.Flag
	for _, key := range keys {
		flags = append(flags, &registry.Flag{Key: key})
	}
	reg, err := registry.New(flags...)
	require.NoError(t, err)
	return reg
}

func TestNearest(t *testing.T) {
	t.Parallel()
	reg := of(t, "new-checkout", "new-cart", "beta", "dark-mode", "feature-1", "feature-2", "Pay_Later", "ключ-один")
	for key, want := range map[string][]string{
		"new-chekout":      {"new-checkout"},
		"new-checkuot":     {"new-checkout"}, // a swap is one edit
		"NewCheckout":      {"new-checkout"}, // case and separators do not count
		"pay-later":        {"Pay_Later"},
		"new-crat":         {"new-cart"},
		"bet":              {"beta"},
		"meta":             {"beta"},
		"mets":             nil, // two edits are too many for four letters
		"feature-3":        nil, // digits make another flag
		"featur-1":         {"feature-1"},
		"featur-":          {"feature-1", "feature-2"}, // not clear which
		"dark-modes":       {"dark-mode"},
		"something-else":   nil,
		"new-checkout-v2":  {"new-checkout"},
		"new-checkout-old": nil,
		"ключ-адин":        {"ключ-один"},
		"new-cart":         nil, // it is itself no near miss of itself
		"":                 nil,
	} {
		assert.Equal(t, want, reg.Nearest(key), key)
	}
	assert.Nil(t, (*registry.Registry)(nil).Nearest("x"))
}
