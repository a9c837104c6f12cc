package overrides

import (
	"flagref/objects"
	"flagref/sdk"
	"testing"
)

func setFor(t *testing.T, p *bool, v bool) {}

func TestX(t *testing.T) {
	sdk.SetForTest(t, &objects.Env, true) // want `override ENV_FLAG set=true .*test`
	setFor(t, &objects.Env, false)        // want `override ENV_FLAG set=false .*test`
	old := objects.Env                    // want `evaluation ENV_FLAG`
	objects.Env = true                    // want `override ENV_FLAG set=true .*test`
	defer func() { objects.Env = old }()  // want `override ENV_FLAG obj`
}
