package removal

import (
	"go/constant"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flaghygiene/flaglint/registry"
)

func TestCutSegment(t *testing.T) {
	t.Parallel()
	terms := []flagTerm{{"newcheckout", false}, {"checkout", false}}
	for _, tc := range []struct{ format, want string }{
		{"gate=%v", ""},
		{"%v", ""},
		{"n=%d/gate=%v", "n=%d"},
		{"gate=%v/n=%d", "n=%d"},
		{"%s_(NewCheckout: %t)", "%s"},
		{"%s (new checkout: %s)", "%s"},
		{"total of one, new checkout enabled: %t", "total of one"},
		{"total, new-checkout is enabled=%t, twice", "total, twice"},
		{"%s %v", "%s"},
		{"sum [checkout %v]", "sum"},
		{"when feature flag is %v", ""},
	} {
		verbs := formatVerbs(tc.format)
		last := verbs[len(verbs)-1]
		if tc.format == "gate=%v/n=%d" {
			last = verbs[0]
		}
		assert.Equal(t, tc.want, cutSegment(tc.format, last, terms), tc.format)
	}
}

// TestNamesState holds what names tell against what they do not. The site sets
// the dead state, false, of a flag that stays true.
func TestNamesState(t *testing.T) {
	t.Parallel()
	p := &testPlan{e: &engine{targets: map[string]registry.Value{
		"new-checkout":                     registry.Bool(true),
		"disable-old-tax":                  registry.Bool(true),
		"ENABLE_DELIMITED_STATS_TAG_REGEX": registry.Bool(true),
	}}}
	off := constant.MakeBool(false)
	for _, tc := range []struct {
		key   string
		names []string
		alone bool
		want  bool
	}{
		{"new-checkout", []string{"TestNewCheckoutDisabled"}, false, true},
		{"new-checkout", []string{"TestTotal", "legacy checkout"}, false, false},
		{"new-checkout", []string{"TestTotal", "new checkouts disabled"}, false, true},
		{"ENABLE_DELIMITED_STATS_TAG_REGEX", []string{"TestGolden", "legacy_stats_tags_regex"}, false, true},
		{"ENABLE_DELIMITED_STATS_TAG_REGEX", []string{"TestGolden", "stat name and stats tag regex disabled"}, false, true},
		{"ENABLE_DELIMITED_STATS_TAG_REGEX", []string{"TestGolden", "stats tag disabled"}, false, false},
		{"ENABLE_DELIMITED_STATS_TAG_REGEX", []string{"TestGolden", "stats_tags_regex"}, false, false},
		{"new-checkout", []string{"TestTotal_NewCheckoutOff"}, false, true},
		{"new-checkout", []string{"TestTotalWithoutNewCheckout"}, false, true},
		{"new-checkout", []string{"TestTotal", "with new checkout disabled"}, false, true},
		{"new-checkout", []string{"TestTotal", "disabled new-checkout"}, false, true},
		{"new-checkout", []string{"TestTotal", "new checkout is turned off"}, false, true},
		{"new-checkout", []string{"TestNewCheckout", "off"}, false, true},
		{"new-checkout", []string{"TestNewCheckout_Total_Disabled"}, false, true},
		{"new-checkout", []string{"TestTotal_FlagDisabled"}, true, true},
		{"new-checkout", []string{"TestTotal", "when the feature gate is off"}, true, true},
		{"new-checkout", []string{"TestTotal_EnvVarOff"}, true, true},
		{"new-checkout", []string{"TestTotal", "environment variable disabled with a bad rate"}, true, true},

		{"new-checkout", []string{"TestTotal_FlagDisabled"}, false, false}, // which flag?
		{"new-checkout", []string{"TestTotal_EnvVarOff"}, false, false},
		{"new-checkout", []string{"TestNewCheckout"}, true, false},
		{"new-checkout", []string{"TestNewCheckoutEnabled"}, true, false},
		{"new-checkout", []string{"TestNewCheckoutDiscountDisabled"}, true, false},
		{"new-checkout", []string{"TestNewCheckout", "discount disabled"}, true, false},
		{"new-checkout", []string{"TestTotal", "disabled"}, true, false}, // what is?
		{"new-checkout", []string{"TestDisabledUser"}, true, false},
		{"new-checkout", []string{"TestTotal", "new checkout, no discount"}, true, false},
		{"new-checkout", []string{"TestTotal", "falls back without a rate"}, true, false},
		{"new-checkout", []string{"TestTotal", ""}, true, false},
		{"new-checkout", nil, true, false},

		// The flag off means that the old tax is on.
		{"disable-old-tax", []string{"TestOldTaxEnabled"}, false, true},
		{"disable-old-tax", []string{"TestOldTaxDisabled"}, false, false},
		{"disable-old-tax", []string{"TestTax", "disable-old-tax=false"}, false, true},
	} {
		assert.Equal(t, tc.want, p.namesState(tc.key, off, tc.names, tc.alone), "%s %q", tc.key, tc.names)
	}
	// The flag stays off: a test by its name alone is that of the feature.
	p = &testPlan{e: &engine{targets: map[string]registry.Value{
		"free-shipping": registry.Bool(false), "search": registry.Bool(false), "enable-wrap": registry.Bool(false),
	}}}
	on := constant.MakeBool(true)
	for _, tc := range []struct {
		key   string
		names []string
		want  bool
	}{
		{"free-shipping", []string{"TestFreeShipping"}, true},
		{"free-shipping", []string{"TestTotal", "free shipping"}, true},
		{"free-shipping", []string{"TestTotal", "with free shipping"}, true},
		{"free-shipping", []string{"TestTotal", "without free shipping"}, false},
		{"free-shipping", []string{"TestFreeShippingTotal"}, false},
		{"free-shipping", []string{"TestTotal"}, false},
		{"search", []string{"TestSearch"}, false}, // of the whole package, perhaps
		{"enable-wrap", []string{"TestWrap"}, false},
		{"enable-wrap", []string{"TestEnableWrap"}, true},
	} {
		assert.Equal(t, tc.want, p.namesState(tc.key, on, tc.names, true), "%s %q", tc.key, tc.names)
	}
}
