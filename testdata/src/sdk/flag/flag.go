// Package flag uses every row of the provider flag.
package flag

import (
	"flag"
	"time"
)

func packageFlag(duration *time.Duration, v0 *bool, v2 *float64, v3 *int64, v4 *int, v5 *string, v6 *uint64, v7 *uint) {
	_ = flag.Bool("feature-bool", true, "user")                   // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	flag.BoolVar(v0, "feature-bool-var", true, "user")            // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	_ = flag.Duration("feature-duration", 3, "user")              // want `declaration feature-duration default=3` `registered feature-duration active default=3`
	flag.DurationVar(duration, "feature-duration-var", 3, "user") // want `declaration feature-duration-var default=3` `registered feature-duration-var active default=3`
	_ = flag.Float64("feature-float64", 0.5, "user")              // want `declaration feature-float64 default=0.5` `registered feature-float64 active default=0.5`
	flag.Float64Var(v2, "feature-float64-var", 0.5, "user")       // want `declaration feature-float64-var default=0.5` `registered feature-float64-var active default=0.5`
	_ = flag.Int("feature-int", 3, "user")                        // want `declaration feature-int default=3` `registered feature-int active default=3`
	_ = flag.Int64("feature-int64", 3, "user")                    // want `declaration feature-int64 default=3` `registered feature-int64 active default=3`
	flag.Int64Var(v3, "feature-int64-var", 3, "user")             // want `declaration feature-int64-var default=3` `registered feature-int64-var active default=3`
	flag.IntVar(v4, "feature-int-var", 3, "user")                 // want `declaration feature-int-var default=3` `registered feature-int-var active default=3`
	_ = flag.Lookup("feature-lookup")                             // want `mention feature-lookup`
	_ = flag.String("feature-string", "blue", "user")             // want `declaration feature-string default="blue"` `registered feature-string active default=blue`
	flag.StringVar(v5, "feature-string-var", "blue", "user")      // want `declaration feature-string-var default="blue"` `registered feature-string-var active default=blue`
	_ = flag.Uint("feature-uint", 3, "user")                      // want `declaration feature-uint default=3` `registered feature-uint active default=3`
	_ = flag.Uint64("feature-uint64", 3, "user")                  // want `declaration feature-uint64 default=3` `registered feature-uint64 active default=3`
	flag.Uint64Var(v6, "feature-uint64-var", 3, "user")           // want `declaration feature-uint64-var default=3` `registered feature-uint64-var active default=3`
	flag.UintVar(v7, "feature-uint-var", 3, "user")               // want `declaration feature-uint-var default=3` `registered feature-uint-var active default=3`
}

func flagFlagSet(duration *time.Duration, flagSet *flag.FlagSet, v1 *bool, v2 *int, v3 *int64, v4 *uint, v5 *uint64, v6 *string, v7 *float64) {
	_ = flagSet.Lookup("feature-lookup")                             // want `mention feature-lookup`
	flagSet.BoolVar(v1, "feature-bool-var", true, "user")            // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	_ = flagSet.Bool("feature-bool", true, "user")                   // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	flagSet.IntVar(v2, "feature-int-var", 3, "user")                 // want `declaration feature-int-var default=3` `registered feature-int-var active default=3`
	_ = flagSet.Int("feature-int", 3, "user")                        // want `declaration feature-int default=3` `registered feature-int active default=3`
	flagSet.Int64Var(v3, "feature-int64-var", 3, "user")             // want `declaration feature-int64-var default=3` `registered feature-int64-var active default=3`
	_ = flagSet.Int64("feature-int64", 3, "user")                    // want `declaration feature-int64 default=3` `registered feature-int64 active default=3`
	flagSet.UintVar(v4, "feature-uint-var", 3, "user")               // want `declaration feature-uint-var default=3` `registered feature-uint-var active default=3`
	_ = flagSet.Uint("feature-uint", 3, "user")                      // want `declaration feature-uint default=3` `registered feature-uint active default=3`
	flagSet.Uint64Var(v5, "feature-uint64-var", 3, "user")           // want `declaration feature-uint64-var default=3` `registered feature-uint64-var active default=3`
	_ = flagSet.Uint64("feature-uint64", 3, "user")                  // want `declaration feature-uint64 default=3` `registered feature-uint64 active default=3`
	flagSet.StringVar(v6, "feature-string-var", "blue", "user")      // want `declaration feature-string-var default="blue"` `registered feature-string-var active default=blue`
	_ = flagSet.String("feature-string", "blue", "user")             // want `declaration feature-string default="blue"` `registered feature-string active default=blue`
	flagSet.Float64Var(v7, "feature-float64-var", 0.5, "user")       // want `declaration feature-float64-var default=0.5` `registered feature-float64-var active default=0.5`
	_ = flagSet.Float64("feature-float64", 0.5, "user")              // want `declaration feature-float64 default=0.5` `registered feature-float64 active default=0.5`
	flagSet.DurationVar(duration, "feature-duration-var", 3, "user") // want `declaration feature-duration-var default=3` `registered feature-duration-var active default=3`
	_ = flagSet.Duration("feature-duration", 3, "user")              // want `declaration feature-duration default=3` `registered feature-duration active default=3`
}

// pointers and variables hold the value from then on
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
	fs.BoolVar(&o.fast, "ff-fast", false, "fast")               // want `declaration ff-fast default=false` `registered ff-fast active default=false`
	flag.StringVar(&color, "feature-color", "red", "the color") // want `declaration feature-color default="red"` `registered feature-color active default=red`
	if *newCheckout && !*verbose {                              // want `evaluation feature-new-checkout bool`
		return color == "red" // want `evaluation feature-color string default="red"`
	}
	return o.fast // want `evaluation ff-fast bool default=false`
}
