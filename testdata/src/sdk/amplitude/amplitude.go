// Package amplitude uses every row of the provider amplitude.
package amplitude

import (
	"github.com/amplitude/experiment-go-server/pkg/experiment"
	"github.com/amplitude/experiment-go-server/pkg/experiment/local"
	"github.com/amplitude/experiment-go-server/pkg/experiment/remote"
)

func localClient(client *local.Client, user *experiment.User) {
	_, _ = client.Evaluate(user, []string{"evaluate-a", "evaluate-b"})                                                        // want `evaluation evaluate-a string error inexact` `evaluation evaluate-b string error inexact`
	_, _ = client.EvaluateV2(user, []string{"evaluate-v2-a", "evaluate-v2-b"})                                                // want `evaluation evaluate-v2-a string error inexact` `evaluation evaluate-v2-b string error inexact`
	_, _ = client.EvaluateV2WithOptions(user, &local.EvaluateOptions{FlagKeys: []string{"with-options-a", "with-options-b"}}) // want `evaluation with-options-a string error inexact` `evaluation with-options-b string error inexact`
	_ = client.FlagMetadata("flag-metadata")                                                                                  // want `mention flag-metadata`
}

func remoteClient(client *remote.Client, user *experiment.User) {
	_, _ = client.Fetch(user)   // want `evaluation ? string error`
	_, _ = client.FetchV2(user) // want `evaluation ? string error`
}
