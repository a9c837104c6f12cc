package growthbook

import growthbook "github.com/growthbook/growthbook-golang"

func overrides(client *growthbook.Client) {
	_ = client.SetFeatures(growthbook.FeatureMap{
		"set-features": {DefaultValue: true}, // want `override set-features set=true`
	})
	_ = growthbook.WithFeatures(growthbook.FeatureMap{"with-features": &growthbook.Feature{DefaultValue: "blue"}}) // want `override with-features set="blue"`
	forced := growthbook.ForcedVariationsMap{"with-forced-variations": 1}
	_ = growthbook.WithForcedVariations(forced)                                                       // want `override with-forced-variations`
	_, _ = client.WithForcedVariations(growthbook.ForcedVariationsMap{"client-forced-variations": 0}) // want `override client-forced-variations`
}
