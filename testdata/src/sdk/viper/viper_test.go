package viper

import (
	"github.com/spf13/viper"
)

func packageViperOverrides() {
	viper.Set("feature.set", "x") // want `override feature.set set="x"`
}

func viperViperOverrides(v *viper.Viper) {
	v.Set("feature.set", "x") // want `override feature.set set="x"`
}

func belowOverrides(v *viper.Viper) {
	v.Sub("features").Set("sub", true) // want `override features.sub set=true`
}
