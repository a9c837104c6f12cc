// Package caarlosenv uses every row of the provider caarlosenv.
package caarlosenv

import "github.com/caarlos0/env/v11"

type config struct {
	Checkout bool   `env:"FEATURE_CHECKOUT,required" envDefault:"true"` // want `declaration FEATURE_CHECKOUT default=true`
	Home     string `env:"HOME"`
	Untagged bool
	Group    group `envPrefix:"FF_"`
}

type group struct {
	Search bool `env:"SEARCH"` // want `declaration FF_SEARCH`
}

type second struct {
	On bool `env:"ON" envDefault:"false"` // want `declaration TOGGLE_ON default=false`
}

func load() bool {
	var c config
	if err := env.Parse(&c); err != nil {
		return false
	}
	if c.Home == "" || c.Untagged {
		return c.Group.Search // want `evaluation FF_SEARCH bool`
	}
	return c.Checkout // want `evaluation FEATURE_CHECKOUT bool default=true`
}

func prefixed() bool {
	s := &second{}
	if err := env.ParseWithOptions(s, env.Options{Prefix: "TOGGLE_"}); err != nil {
		return false
	}
	return s.On // want `evaluation TOGGLE_ON bool default=false`
}

type third struct {
	Fast bool `env:"FEATURE_FAST"` // want `declaration FEATURE_FAST`
}

type fourth struct {
	Slow bool `env:"SLOW"` // want `declaration FF_SLOW`
}

func generic() bool {
	t, err := env.ParseAs[third]()
	if err != nil {
		return false
	}
	f, err := env.ParseAsWithOptions[fourth](env.Options{Prefix: "FF_"})
	if err != nil {
		return false
	}
	return t.Fast || f.Slow // want `evaluation FEATURE_FAST bool` `evaluation FF_SLOW bool`
}
