package envconfig

import "testing"

func TestLoad(t *testing.T) {
	t.Setenv("FEATURE_NEW_CHECKOUT", "false") // want `override FEATURE_NEW_CHECKOUT set="false"`
	if load() {
		t.Fail()
	}
}

func TestApp(t *testing.T) {
	t.Setenv("FEATURE_CLOUD", "true") // want `override FEATURE_CLOUD set="true"`
	t.Setenv("SOCKET", "true")
	if !app() {
		t.Fail()
	}
}
