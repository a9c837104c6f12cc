package envconfig

import "testing"

func TestLoad(t *testing.T) {
	t.Setenv("FEATURE_NEW_CHECKOUT", "false") // want `override FEATURE_NEW_CHECKOUT set="false"`
	if load() {
		t.Fail()
	}
}
