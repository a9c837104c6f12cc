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

func TestTable(t *testing.T) {
	var plain bool
	for _, tt := range []struct {
		name string
		flag *bool
		set  bool
	}{
		{"env", &objects.Env, true},
		{"wrapped", &objects.Wrapped, false},
		{"no flag", &plain, true},
		{name: "none"},
	} {
		sdk.SetForTest(t, tt.flag, tt.set) // want `override ENV_FLAG sets=\[true false false\] test` `override P_WRAPPED sets=\[true false false\] test`
	}
	for _, flag := range []*bool{&objects.Env, &objects.Wrapped} {
		sdk.SetForTest(t, flag, false) // want `override ENV_FLAG set=false test` `override P_WRAPPED set=false test`
	}
}
