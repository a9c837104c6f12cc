package growthbook

import growthbook "github.com/growthbook/growthbook-golang"

func shapes(gb *growthbook.GrowthBook) bool {
	res := gb.Feature("new-checkout")        // want `evaluation new-checkout`
	if res.On || !gb.IsOff("old-checkout") { // want `evaluation old-checkout bool negated`
		return true
	}
	exp := growthbook.NewExperiment("own-experiment") // want `declaration own-experiment`
	return gb.Run(exp).InExperiment                   // want `evaluation own-experiment`
}
