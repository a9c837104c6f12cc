package flag

import (
	"flag"
)

func flagFlagSetOverrides(flagSet *flag.FlagSet) {
	_ = flagSet.Set("feature-set", "blue") // want `override feature-set set="blue"`
}

func packageFlagOverrides() {
	_ = flag.Set("feature-set", "blue") // want `override feature-set set="blue"`
}
