// Package envconfig uses every row of the provider envconfig.
package envconfig

import "github.com/kelseyhightower/envconfig"

// Config is filled from FEATURE_*.
type Config struct {
	NewCheckout bool   `default:"true" split_words:"true"` // want `declaration FEATURE_NEW_CHECKOUT default=true`
	Color       string `envconfig:"theme_color"`           // want `declaration FEATURE_THEME_COLOR`
	Skipped     bool   `ignored:"true"`
	Nested      struct {
		Deep bool
	}
}

// Plain has no prefix: only what is named like a flag is one.
type Plain struct {
	Port    int
	Toggled bool `envconfig:"TOGGLE_PLAIN"` // want `declaration TOGGLE_PLAIN`
}

// App has a prefix; the name that a tag gives counts without it, too.
type App struct {
	Cloud  bool `envconfig:"FEATURE_CLOUD" default:"false"` // want `declaration FEATURE_CLOUD default=false`
	Both   bool `envconfig:"FF_BOTH"`                       // want `declaration FF_BOTH`
	Socket bool `envconfig:"SOCKET"`
}

func app() bool {
	var a App
	envconfig.MustProcess("app", &a)
	if a.Socket {
		return false
	}
	return a.Cloud || // want `evaluation FEATURE_CLOUD bool default=false`
		a.Both // want `evaluation FF_BOTH bool`
}

func load() bool {
	var c Config
	if err := envconfig.Process("feature", &c); err != nil {
		return false
	}
	p := &Plain{}
	envconfig.MustProcess("", p)
	if p.Port > 0 && p.Toggled { // want `evaluation TOGGLE_PLAIN bool`
		return c.Nested.Deep // want `evaluation FEATURE_NESTED_DEEP bool`
	}
	if c.Skipped {
		return false
	}
	return c.NewCheckout && c.Color == "red" // want `evaluation FEATURE_NEW_CHECKOUT bool default=true` `evaluation FEATURE_THEME_COLOR string`
}
