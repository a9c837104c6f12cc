// Package flagsmith uses every row of the provider flagsmith.
package flagsmith

import (
	"context"
	flagsmith "github.com/Flagsmith/flagsmith-go-client"
)

func flagsmithClient(c context.Context, client *flagsmith.Client, user flagsmith.User) {
	_, _ = client.FeatureEnabled("feature-enabled")                                           // want `evaluation feature-enabled bool error`
	_, _ = client.FeatureEnabledWithContext(c, "feature-enabled-with-context")                // want `evaluation feature-enabled-with-context bool error`
	_, _ = client.HasFeature("has-feature")                                                   // want `evaluation has-feature bool error`
	_, _ = client.HasFeatureWithContext(c, "has-feature-with-context")                        // want `evaluation has-feature-with-context bool error`
	_, _ = client.GetValue("get-value")                                                       // want `evaluation get-value error`
	_, _ = client.GetValueWithContext(c, "get-value-with-context")                            // want `evaluation get-value-with-context error`
	_, _ = client.UserFeatureEnabled(user, "user-feature-enabled")                            // want `evaluation user-feature-enabled bool error`
	_, _ = client.UserFeatureEnabledWithContext(c, user, "user-feature-enabled-with-context") // want `evaluation user-feature-enabled-with-context bool error`
	_, _ = client.GetUserValue(user, "get-user-value")                                        // want `evaluation get-user-value error`
	_, _ = client.GetUserValueWithContext(c, user, "get-user-value-with-context")             // want `evaluation get-user-value-with-context error`
	_, _ = client.HasUserFeature(user, "has-user-feature")                                    // want `evaluation has-user-feature bool error`
	_, _ = client.HasUserFeatureWithContext(c, user, "has-user-feature-with-context")         // want `evaluation has-user-feature-with-context bool error`
}
