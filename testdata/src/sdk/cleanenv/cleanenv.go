// Package cleanenv uses every row of the provider cleanenv.
package cleanenv

import "github.com/ilyakaznacheev/cleanenv"

type config struct {
	Checkout bool   `env:"FEATURE_CHECKOUT" env-default:"true"` // want `declaration FEATURE_CHECKOUT default=true`
	Home     string `env:"HOME"`
	Group    group  `env-prefix:"FF_"`
}

type group struct {
	Search bool `env:"SEARCH"` // want `declaration FF_SEARCH`
}

func load() bool {
	var c config
	if err := cleanenv.ReadEnv(&c); err != nil {
		return false
	}
	return c.Checkout || c.Group.Search || c.Home == "" // want `evaluation FEATURE_CHECKOUT bool default=true` `evaluation FF_SEARCH bool`
}

type second struct {
	On bool `yaml:"on" env:"TOGGLE_ON,TOGGLE_OLD_NAME"` // want `declaration TOGGLE_ON`
}

func fromFile() bool {
	s := &second{}
	if err := cleanenv.ReadConfig("config.yml", s); err != nil {
		return false
	}
	if err := cleanenv.UpdateEnv(s); err != nil {
		return false
	}
	return s.On // want `evaluation TOGGLE_ON bool`
}
