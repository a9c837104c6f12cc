// Package posthog uses every row of the provider posthog.
package posthog

import (
	posthog "github.com/posthog/posthog-go"
)

func posthogClient(client posthog.Client, featureFlagPayloadNoKey posthog.FeatureFlagPayloadNoKey) {
	_, _ = client.GetAllFlags(featureFlagPayloadNoKey)                                               // want `evaluation ? error`
	_, _ = client.GetFeatureFlag(posthog.FeatureFlagPayload{Key: "get-feature-flag"})                // want `evaluation get-feature-flag error`
	_, _ = client.GetFeatureFlagPayload(posthog.FeatureFlagPayload{Key: "get-feature-flag-payload"}) // want `evaluation get-feature-flag-payload error`
	_, _ = client.GetRemoteConfigPayload("get-remote-config-payload")                                // want `evaluation get-remote-config-payload json error`
	_, _ = client.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: "is-feature-enabled"})            // want `evaluation is-feature-enabled bool error`
}
