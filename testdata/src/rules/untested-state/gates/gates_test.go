package app

import (
	"testing"

	"example.com/featuregate"
	"rules/untested-state/gates/features"
)

func TestStart(t *testing.T) {
	featuregate.Default.Set(features.Ready, false)
	featuregate.Default.Set(features.Young, true)
	featuregate.Default.Set(features.Same, true)
	if start() != 2 {
		t.Fail()
	}
}
