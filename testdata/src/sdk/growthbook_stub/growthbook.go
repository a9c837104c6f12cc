// Package growthbook uses every row of the provider growthbook.
package growthbook

import (
	growthbook "github.com/growthbook/growthbook-golang"
)

func growthbookGrowthBook(growthBook *growthbook.GrowthBook) {
	_ = growthBook.Feature("feature")                        // want `evaluation feature`
	_ = growthBook.EvalFeature("eval-feature")               // want `evaluation eval-feature`
	_ = growthBook.IsOn("is-on")                             // want `evaluation is-on bool`
	_ = growthBook.IsOff("is-off")                           // want `evaluation is-off bool negated`
	_ = growthBook.GetFeatureValue("get-feature-value", "x") // want `evaluation get-feature-value default="x"`
}

func packageGrowthbook() {
	_ = growthbook.NewExperiment("new-experiment") // want `declaration new-experiment`
}
