// Package flag uses every row of the provider flag.
package flag

import (
	"flag"
	"time"
)

func packageFlag(duration *time.Duration, v0 *bool, v2 *float64, v3 *int64, v4 *int, v5 *string, v6 *uint64, v7 *uint) {
	_ = flag.Bool("feature-bool", true, "user")        // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	flag.BoolVar(v0, "feature-bool-var", true, "user") // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	_ = flag.Duration("feature-duration", 3, "user")
	flag.DurationVar(duration, "feature-duration-var", 3, "user")
	_ = flag.Float64("feature-float64", 0.5, "user")
	flag.Float64Var(v2, "feature-float64-var", 0.5, "user")
	_ = flag.Int("feature-int", 3, "user")
	_ = flag.Int64("feature-int64", 3, "user")
	flag.Int64Var(v3, "feature-int64-var", 3, "user")
	flag.IntVar(v4, "feature-int-var", 3, "user")
	_ = flag.Lookup("feature-lookup") // want `mention feature-lookup`
	_ = flag.String("feature-string", "blue", "user")
	flag.StringVar(v5, "feature-string-var", "blue", "user")
	_ = flag.Uint("feature-uint", 3, "user")
	_ = flag.Uint64("feature-uint64", 3, "user")
	flag.Uint64Var(v6, "feature-uint64-var", 3, "user")
	flag.UintVar(v7, "feature-uint-var", 3, "user")
}

func flagFlagSet(duration *time.Duration, flagSet *flag.FlagSet, v1 *bool, v2 *int, v3 *int64, v4 *uint, v5 *uint64, v6 *string, v7 *float64) {
	_ = flagSet.Lookup("feature-lookup")                  // want `mention feature-lookup`
	flagSet.BoolVar(v1, "feature-bool-var", true, "user") // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	_ = flagSet.Bool("feature-bool", true, "user")        // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	flagSet.IntVar(v2, "feature-int-var", 3, "user")
	_ = flagSet.Int("feature-int", 3, "user")
	flagSet.Int64Var(v3, "feature-int64-var", 3, "user")
	_ = flagSet.Int64("feature-int64", 3, "user")
	flagSet.UintVar(v4, "feature-uint-var", 3, "user")
	_ = flagSet.Uint("feature-uint", 3, "user")
	flagSet.Uint64Var(v5, "feature-uint64-var", 3, "user")
	_ = flagSet.Uint64("feature-uint64", 3, "user")
	flagSet.StringVar(v6, "feature-string-var", "blue", "user")
	_ = flagSet.String("feature-string", "blue", "user")
	flagSet.Float64Var(v7, "feature-float64-var", 0.5, "user")
	_ = flagSet.Float64("feature-float64", 0.5, "user")
	flagSet.DurationVar(duration, "feature-duration-var", 3, "user")
	_ = flagSet.Duration("feature-duration", 3, "user")
}

// pointers and variables hold the value from then on; by a built-in prefix a bool is a flag, and nothing else
var (
	newCheckout = flag.Bool("feature-new-checkout", false, "the new checkout") // want `declaration feature-new-checkout default=false` `registered feature-new-checkout active default=false`
	verbose     = flag.Bool("verbose", false, "a setting, and no flag")
	color       string
)

// the list of gates is a setting
var gates = flag.String("feature-gates", "", "which gates are on")

type options struct{ fast bool } // want `declaration ff-fast`

func values(fs *flag.FlagSet) bool {
	var o options
	fs.BoolVar(&o.fast, "ff-fast", false, "fast") // want `declaration ff-fast default=false` `registered ff-fast active default=false`
	flag.StringVar(&color, "feature-color", "red", "the color")
	if *newCheckout && !*verbose { // want `evaluation feature-new-checkout bool`
		return color == "red"
	}
	return o.fast // want `evaluation ff-fast bool default=false`
}
