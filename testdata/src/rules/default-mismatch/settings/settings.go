package settings

import (
	"rules/default-mismatch/settings/env"
	"rules/default-mismatch/settings/file"
)

func environment(fallback bool) (int, error) {
	env.Bool("FEATURE_OFF", true) // want `the fallback of flag "FEATURE_OFF" is true, and the registry's default is false`
	env.Bool("FEATURE_OFF", false)
	env.Bool("FEATURE_OFF", fallback)
	env.Text("FEATURE_OFF", "true") // want `the fallback of flag "FEATURE_OFF" is true, and the registry's default is false`
	env.Text("FEATURE_OFF", "false")
	env.Text("FEATURE_OFF", "of course") // nobody knows what that means
	env.On("FEATURE_OFF")                // want `the fallback of flag "FEATURE_OFF" is true \(in the helper, at env.go:35\), and the registry's default is false`
	env.On("FEATURE_ON")
	env.Bool("PORT_OPEN", true) // a setting
	env.Required("FEATURE_MODE")
	env.Host("FEATURE_OFF", true)
	return env.Int("FEATURE_LIMIT", 10) // want `the fallback of flag "FEATURE_LIMIT" is 10, and the registry's default is 20`
}

var (
	off = env.Flag{Name: "FEATURE_OFF", Default: true} // want `the fallback of flag "FEATURE_OFF" is true, and the registry's default is false`
	on  = env.Flag{"FEATURE_ON", true}
)

func objects() bool { return off.On() && on.On() }

type config struct {
	Off bool `mapstructure:"off"`
	On  bool `mapstructure:"on"`
}

func files() bool {
	file.SetDefault("feature.off", true) // want `the fallback of flag "feature.off" is true, and the registry's default is false`
	file.SetDefault("feature.on", "true")
	var c struct {
		Feature config `mapstructure:"feature"`
	}
	if err := file.Unmarshal(&c); err != nil {
		return false
	}
	return c.Feature.Off || c.Feature.On
}
