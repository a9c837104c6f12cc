package app

import (
	"example.com/featuregate"
	"rules/untested-state/gates/features"
)

func start() int {
	n := 0
	if featuregate.Default.Enabled(features.Ready) {
		n++
	}
	if featuregate.Default.Enabled(features.Young) {
		n++
	}
	if featuregate.Default.Enabled(features.Younger) { // want `no test sets flag "Younger"`
		n++
	}
	if featuregate.Default.Enabled(features.Same) { // want `tests set flag "Same" on only: nothing tests it off`
		n++
	}
	return n
}
