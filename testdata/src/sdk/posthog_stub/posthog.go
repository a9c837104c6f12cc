// Package posthog uses every row of the provider posthog.
package posthog

import (
	"context"
	posthog "github.com/posthog/posthog-go"
)

func posthogClient(client posthog.Client, evaluateFlagsPayload posthog.EvaluateFlagsPayload, featureFlagPayloadNoKey posthog.FeatureFlagPayloadNoKey) {
	_, _ = client.EvaluateFlags(evaluateFlagsPayload)
	_, _ = client.GetAllFlags(featureFlagPayloadNoKey)                                               // want `evaluation ? error`
	_, _ = client.GetFeatureFlag(posthog.FeatureFlagPayload{Key: "get-feature-flag"})                // want `evaluation get-feature-flag error`
	_, _ = client.GetFeatureFlagPayload(posthog.FeatureFlagPayload{Key: "get-feature-flag-payload"}) // want `evaluation get-feature-flag-payload error`
	_, _ = client.GetFeatureFlagResult(posthog.FeatureFlagPayload{Key: "get-feature-flag-result"})   // want `evaluation get-feature-flag-result error`
	_, _ = client.GetRemoteConfigPayload("get-remote-config-payload")                                // want `evaluation get-remote-config-payload json error`
	_, _ = client.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: "is-feature-enabled"})            // want `evaluation is-feature-enabled bool error`
}

func packagePosthog(c context.Context, client posthog.Client, evaluateFlagsPayload posthog.EvaluateFlagsPayload) {
	_, _ = posthog.EvaluateFlagsWithContext(c, client, evaluateFlagsPayload)
}

func posthogFeatureFlagEvaluations(featureFlagEvaluations *posthog.FeatureFlagEvaluations) {
	_ = featureFlagEvaluations.IsEnabled("is-enabled")            // want `evaluation is-enabled bool`
	_ = featureFlagEvaluations.GetFlag("get-flag")                // want `evaluation get-flag`
	_ = featureFlagEvaluations.GetFlagPayload("get-flag-payload") // want `evaluation get-flag-payload`
}
