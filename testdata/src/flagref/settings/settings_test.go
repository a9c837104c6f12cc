package settings

import "testing"

func TestSettings(t *testing.T) {
	c := Config{Features: Features{NewCart: true}} // want `override new_cart set=true .*test`
	c.Features.Theme = "dark"                      // want `override Theme set="dark" .*test`
	_ = &Server{experiments: []string{"exp"}}      // want `override exp set=true test`
}
