package posthog

import "github.com/posthog/posthog-go"

const newCheckout = "new-checkout" // want `declaration new-checkout`

func payloads(client posthog.Client) bool {
	on, err := client.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: newCheckout, DistinctId: "user"}) // want `evaluation new-checkout bool error`
	if err != nil || on != true {
		return false
	}
	payload := posthog.FeatureFlagPayload{
		Key:        "in-a-local",
		DistinctId: "user",
	}
	variant, _ := client.GetFeatureFlag(payload)                                      // want `evaluation in-a-local error`
	all, _ := client.GetAllFlags(posthog.FeatureFlagPayloadNoKey{DistinctId: "user"}) // want `evaluation ? error`
	return variant == "blue" && all["listed"] == true                                 // want `evaluation listed`
}

// an event is no flag
func event(client posthog.Client) error {
	return client.Enqueue(posthog.Capture{DistinctId: "user", Event: "bought"})
}
