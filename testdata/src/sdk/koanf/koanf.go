// Package koanf uses every row of the provider koanf.
package koanf

import (
	koanf "github.com/knadh/koanf/v2"
)

func koanfKoanf(k *koanf.Koanf) {
	_ = k.Int64("feature.int64")                // want `evaluation feature.int64 int`
	_ = k.MustInt64("feature.must-int64")       // want `evaluation feature.must-int64 int`
	_ = k.Int("feature.int")                    // want `evaluation feature.int int`
	_ = k.MustInt("feature.must-int")           // want `evaluation feature.must-int int`
	_ = k.Float64("feature.float64")            // want `evaluation feature.float64 float`
	_ = k.MustFloat64("feature.must-float64")   // want `evaluation feature.must-float64 float`
	_ = k.Duration("feature.duration")          // want `evaluation feature.duration int`
	_ = k.MustDuration("feature.must-duration") // want `evaluation feature.must-duration int`
	_ = k.String("feature.string")              // want `evaluation feature.string string`
	_ = k.MustString("feature.must-string")     // want `evaluation feature.must-string string`
	_ = k.Bool("feature.bool")                  // want `evaluation feature.bool bool`
	_ = k.Get("feature.get")                    // want `evaluation feature.get`
	_ = k.Exists("feature.exists")              // want `mention feature.exists`
}

type config struct {
	NewSearch bool `koanf:"new_search"` // want `declaration features.new_search`
	Port      int  `koanf:"port"`       // want `declaration features.port`
}

func structs(k *koanf.Koanf) bool {
	var c, d config
	if k.Unmarshal("features", &c) != nil || k.UnmarshalWithConf("", &d, koanf.UnmarshalConf{Tag: "koanf"}) != nil {
		return false
	}
	return c.NewSearch || d.Port > 0 // want `evaluation features.new_search bool`
}

// settings are no flags
func settings(k *koanf.Koanf) []any {
	return []any{k.String("port"), k.Bool("verbose")}
}

func cut(k *koanf.Koanf) bool {
	features := k.Cut("features")
	return features.Bool("search") || k.Cut("server").Bool("feature.no") // want `evaluation features.search bool`
}
