// Package flagsmith uses every row of the provider flagsmith.
package flagsmith

import (
	flagsmith "github.com/Flagsmith/flagsmith-go-client/v4"
)

func flagsmithFlags(flags *flagsmith.Flags) {
	_, _ = flags.IsFeatureEnabled("is-feature-enabled") // want `evaluation is-feature-enabled bool error`
	_, _ = flags.GetFeatureValue("get-feature-value")   // want `evaluation get-feature-value error`
	_, _ = flags.GetFlag("get-flag")                    // want `evaluation get-flag error`
}
