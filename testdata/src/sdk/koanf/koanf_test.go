package koanf

import (
	koanf "github.com/knadh/koanf/v2"
)

func koanfKoanfOverrides(k *koanf.Koanf) {
	_ = k.Set("feature.set", "x") // want `override feature.set set="x"`
}
