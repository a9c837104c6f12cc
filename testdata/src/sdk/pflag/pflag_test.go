package pflag

import (
	"github.com/spf13/pflag"
)

func pflagFlagSetOverrides(flagSet *pflag.FlagSet) {
	_ = flagSet.Set("feature-set", "blue") // want `override feature-set set="blue"`
}

func packagePflagOverrides() {
	_ = pflag.Set("feature-set", "blue") // want `override feature-set set="blue"`
}
