// Package flipt uses every row of the provider flipt.
package flipt

import (
	"context"
	flipt "go.flipt.io/flipt-client"
)

func fliptClient(c context.Context, client *flipt.Client) {
	_, _ = client.EvaluateBoolean(c, &flipt.EvaluationRequest{FlagKey: "evaluate-boolean"})                // want `evaluation evaluate-boolean bool error`
	_, _ = client.EvaluateVariant(c, &flipt.EvaluationRequest{FlagKey: "evaluate-variant"})                // want `evaluation evaluate-variant string error`
	_, _ = client.EvaluateBatch(c, []*flipt.EvaluationRequest{{FlagKey: "batch-a"}, {FlagKey: "batch-b"}}) // want `evaluation batch-a error` `evaluation batch-b error`
}
