// Package sethvargoenv uses every row of the provider sethvargoenv.
package sethvargoenv

import (
	"context"

	"github.com/sethvargo/go-envconfig"
)

type config struct {
	Checkout bool   `env:"FEATURE_CHECKOUT, default=true"` // want `declaration FEATURE_CHECKOUT default=true`
	Home     string `env:"HOME, required"`
	Group    *group `env:", prefix=FF_"`
}

type group struct {
	Search bool `env:"SEARCH, overwrite, default=false"` // want `declaration FF_SEARCH default=false`
}

func load(ctx context.Context) bool {
	var c config
	if err := envconfig.Process(ctx, &c); err != nil {
		return false
	}
	return c.Checkout || c.Group.Search || c.Home == "" // want `evaluation FEATURE_CHECKOUT bool default=true` `evaluation FF_SEARCH bool default=false`
}

type second struct {
	On bool `env:"TOGGLE_ON"` // want `declaration TOGGLE_ON`
}

func must(ctx context.Context) bool {
	s := envconfig.MustProcess(ctx, &second{})
	return s.On // want `evaluation TOGGLE_ON bool`
}

type third struct {
	Fast bool `env:"FF_FAST"` // want `declaration FF_FAST`
}

func with(ctx context.Context) bool {
	var c third
	if err := envconfig.ProcessWith(ctx, &envconfig.Config{Target: &c}); err != nil {
		return false
	}
	return c.Fast // want `evaluation FF_FAST bool`
}
