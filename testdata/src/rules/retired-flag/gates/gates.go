package app

import (
	"example.com/featuregate"
	"rules/retired-flag/gates/features"
)

func start() int {
	if featuregate.Default.Enabled(features.FastStart) { // want `flag "FastStart" is retired and is always true: remove it`
		return 1
	}
	if featuregate.Default.Enabled(features.Young) {
		return 2
	}
	return 3
}
