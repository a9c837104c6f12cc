// Package growthbook uses every row of the provider growthbook, of its present API.
package growthbook

import (
	"context"

	growthbook "github.com/growthbook/growthbook-golang"
)

const checkout = "new-checkout" // want `declaration new-checkout`

func on(ctx context.Context, client *growthbook.Client) bool {
	return client.EvalFeature(ctx, checkout).On // want `evaluation new-checkout`
}

func off(ctx context.Context, client *growthbook.Client) string {
	res := client.EvalFeature(ctx, "color") // want `evaluation color`
	if res.Off {
		return "none"
	}
	if s, ok := res.Value.(string); ok && !res.InExperiment() {
		return s
	}
	return string(res.Source)
}

func experiments(ctx context.Context, client *growthbook.Client) {
	exp := growthbook.NewExperiment("new-experiment")                                                           // want `declaration new-experiment`
	_ = client.RunExperiment(ctx, exp)                                                                          // want `evaluation new-experiment`
	inline := &growthbook.Experiment{Key: "inline-experiment", Variations: []growthbook.FeatureValue{"a", "b"}} // want `declaration inline-experiment` `registered inline-experiment active`
	_ = client.RunExperiment(ctx, inline)                                                                       // want `evaluation inline-experiment`
}

// an event is no flag
func event(ctx context.Context, client *growthbook.Client) {
	client.LogEvent(ctx, "bought", nil)
}
