// Package pflag uses every row of the provider pflag.
package pflag

import (
	"github.com/spf13/pflag"
	"time"
)

func packagePflag(duration *time.Duration, v0 *bool, v2 *float64, v3 *int32, v4 *int64, v5 *int, v6 *string, v7 *uint64, v8 *uint) {
	_ = pflag.Bool("feature-bool", true, "user")                              // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	_ = pflag.BoolP("feature-bool-p", "user", true, "user")                   // want `declaration feature-bool-p default=true` `registered feature-bool-p active default=true`
	pflag.BoolVar(v0, "feature-bool-var", true, "user")                       // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	pflag.BoolVarP(v0, "feature-bool-var-p", "user", true, "user")            // want `declaration feature-bool-var-p default=true` `registered feature-bool-var-p active default=true`
	_ = pflag.Duration("feature-duration", 3, "user")                         // want `declaration feature-duration default=3` `registered feature-duration active default=3`
	_ = pflag.DurationP("feature-duration-p", "user", 3, "user")              // want `declaration feature-duration-p default=3` `registered feature-duration-p active default=3`
	pflag.DurationVar(duration, "feature-duration-var", 3, "user")            // want `declaration feature-duration-var default=3` `registered feature-duration-var active default=3`
	pflag.DurationVarP(duration, "feature-duration-var-p", "user", 3, "user") // want `declaration feature-duration-var-p default=3` `registered feature-duration-var-p active default=3`
	_ = pflag.Float64("feature-float64", 0.5, "user")                         // want `declaration feature-float64 default=0.5` `registered feature-float64 active default=0.5`
	_ = pflag.Float64P("feature-float64-p", "user", 0.5, "user")              // want `declaration feature-float64-p default=0.5` `registered feature-float64-p active default=0.5`
	pflag.Float64Var(v2, "feature-float64-var", 0.5, "user")                  // want `declaration feature-float64-var default=0.5` `registered feature-float64-var active default=0.5`
	pflag.Float64VarP(v2, "feature-float64-var-p", "user", 0.5, "user")       // want `declaration feature-float64-var-p default=0.5` `registered feature-float64-var-p active default=0.5`
	_ = pflag.Int("feature-int", 3, "user")                                   // want `declaration feature-int default=3` `registered feature-int active default=3`
	_ = pflag.Int32("feature-int32", 3, "user")                               // want `declaration feature-int32 default=3` `registered feature-int32 active default=3`
	_ = pflag.Int32P("feature-int32-p", "user", 3, "user")                    // want `declaration feature-int32-p default=3` `registered feature-int32-p active default=3`
	pflag.Int32Var(v3, "feature-int32-var", 3, "user")                        // want `declaration feature-int32-var default=3` `registered feature-int32-var active default=3`
	pflag.Int32VarP(v3, "feature-int32-var-p", "user", 3, "user")             // want `declaration feature-int32-var-p default=3` `registered feature-int32-var-p active default=3`
	_ = pflag.Int64("feature-int64", 3, "user")                               // want `declaration feature-int64 default=3` `registered feature-int64 active default=3`
	_ = pflag.Int64P("feature-int64-p", "user", 3, "user")                    // want `declaration feature-int64-p default=3` `registered feature-int64-p active default=3`
	pflag.Int64Var(v4, "feature-int64-var", 3, "user")                        // want `declaration feature-int64-var default=3` `registered feature-int64-var active default=3`
	pflag.Int64VarP(v4, "feature-int64-var-p", "user", 3, "user")             // want `declaration feature-int64-var-p default=3` `registered feature-int64-var-p active default=3`
	_ = pflag.IntP("feature-int-p", "user", 3, "user")                        // want `declaration feature-int-p default=3` `registered feature-int-p active default=3`
	pflag.IntVar(v5, "feature-int-var", 3, "user")                            // want `declaration feature-int-var default=3` `registered feature-int-var active default=3`
	pflag.IntVarP(v5, "feature-int-var-p", "user", 3, "user")                 // want `declaration feature-int-var-p default=3` `registered feature-int-var-p active default=3`
	_ = pflag.Lookup("feature-lookup")                                        // want `mention feature-lookup`
	_ = pflag.String("feature-string", "blue", "user")                        // want `declaration feature-string default="blue"` `registered feature-string active default=blue`
	_ = pflag.StringP("feature-string-p", "user", "blue", "user")             // want `declaration feature-string-p default="blue"` `registered feature-string-p active default=blue`
	pflag.StringVar(v6, "feature-string-var", "blue", "user")                 // want `declaration feature-string-var default="blue"` `registered feature-string-var active default=blue`
	pflag.StringVarP(v6, "feature-string-var-p", "user", "blue", "user")      // want `declaration feature-string-var-p default="blue"` `registered feature-string-var-p active default=blue`
	_ = pflag.Uint("feature-uint", 3, "user")                                 // want `declaration feature-uint default=3` `registered feature-uint active default=3`
	_ = pflag.Uint64("feature-uint64", 3, "user")                             // want `declaration feature-uint64 default=3` `registered feature-uint64 active default=3`
	_ = pflag.Uint64P("feature-uint64-p", "user", 3, "user")                  // want `declaration feature-uint64-p default=3` `registered feature-uint64-p active default=3`
	pflag.Uint64Var(v7, "feature-uint64-var", 3, "user")                      // want `declaration feature-uint64-var default=3` `registered feature-uint64-var active default=3`
	pflag.Uint64VarP(v7, "feature-uint64-var-p", "user", 3, "user")           // want `declaration feature-uint64-var-p default=3` `registered feature-uint64-var-p active default=3`
	_ = pflag.UintP("feature-uint-p", "user", 3, "user")                      // want `declaration feature-uint-p default=3` `registered feature-uint-p active default=3`
	pflag.UintVar(v8, "feature-uint-var", 3, "user")                          // want `declaration feature-uint-var default=3` `registered feature-uint-var active default=3`
	pflag.UintVarP(v8, "feature-uint-var-p", "user", 3, "user")               // want `declaration feature-uint-var-p default=3` `registered feature-uint-var-p active default=3`
}

func pflagFlagSet(duration *time.Duration, flagSet *pflag.FlagSet, v1 *bool, v3 *float64, v4 *int, v5 *int32, v6 *int64, v7 *string, v8 *uint, v9 *uint64) {
	_, _ = flagSet.GetBool("feature-get-bool")                                  // want `evaluation feature-get-bool bool error`
	flagSet.BoolVar(v1, "feature-bool-var", true, "user")                       // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	flagSet.BoolVarP(v1, "feature-bool-var-p", "user", true, "user")            // want `declaration feature-bool-var-p default=true` `registered feature-bool-var-p active default=true`
	_ = flagSet.Bool("feature-bool", true, "user")                              // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	_ = flagSet.BoolP("feature-bool-p", "user", true, "user")                   // want `declaration feature-bool-p default=true` `registered feature-bool-p active default=true`
	_, _ = flagSet.GetDuration("feature-get-duration")                          // want `evaluation feature-get-duration int error`
	flagSet.DurationVar(duration, "feature-duration-var", 3, "user")            // want `declaration feature-duration-var default=3` `registered feature-duration-var active default=3`
	flagSet.DurationVarP(duration, "feature-duration-var-p", "user", 3, "user") // want `declaration feature-duration-var-p default=3` `registered feature-duration-var-p active default=3`
	_ = flagSet.Duration("feature-duration", 3, "user")                         // want `declaration feature-duration default=3` `registered feature-duration active default=3`
	_ = flagSet.DurationP("feature-duration-p", "user", 3, "user")              // want `declaration feature-duration-p default=3` `registered feature-duration-p active default=3`
	_ = flagSet.Lookup("feature-lookup")                                        // want `mention feature-lookup`
	_ = flagSet.MarkDeprecated("feature-mark-deprecated", "user")               // want `mention feature-mark-deprecated`
	_ = flagSet.MarkHidden("feature-mark-hidden")                               // want `mention feature-mark-hidden`
	_ = flagSet.Changed("feature-changed")                                      // want `mention feature-changed`
	_, _ = flagSet.GetFloat64("feature-get-float64")                            // want `evaluation feature-get-float64 float error`
	flagSet.Float64Var(v3, "feature-float64-var", 0.5, "user")                  // want `declaration feature-float64-var default=0.5` `registered feature-float64-var active default=0.5`
	flagSet.Float64VarP(v3, "feature-float64-var-p", "user", 0.5, "user")       // want `declaration feature-float64-var-p default=0.5` `registered feature-float64-var-p active default=0.5`
	_ = flagSet.Float64("feature-float64", 0.5, "user")                         // want `declaration feature-float64 default=0.5` `registered feature-float64 active default=0.5`
	_ = flagSet.Float64P("feature-float64-p", "user", 0.5, "user")              // want `declaration feature-float64-p default=0.5` `registered feature-float64-p active default=0.5`
	_, _ = flagSet.GetInt("feature-get-int")                                    // want `evaluation feature-get-int int error`
	flagSet.IntVar(v4, "feature-int-var", 3, "user")                            // want `declaration feature-int-var default=3` `registered feature-int-var active default=3`
	flagSet.IntVarP(v4, "feature-int-var-p", "user", 3, "user")                 // want `declaration feature-int-var-p default=3` `registered feature-int-var-p active default=3`
	_ = flagSet.Int("feature-int", 3, "user")                                   // want `declaration feature-int default=3` `registered feature-int active default=3`
	_ = flagSet.IntP("feature-int-p", "user", 3, "user")                        // want `declaration feature-int-p default=3` `registered feature-int-p active default=3`
	_, _ = flagSet.GetInt32("feature-get-int32")                                // want `evaluation feature-get-int32 int error`
	flagSet.Int32Var(v5, "feature-int32-var", 3, "user")                        // want `declaration feature-int32-var default=3` `registered feature-int32-var active default=3`
	flagSet.Int32VarP(v5, "feature-int32-var-p", "user", 3, "user")             // want `declaration feature-int32-var-p default=3` `registered feature-int32-var-p active default=3`
	_ = flagSet.Int32("feature-int32", 3, "user")                               // want `declaration feature-int32 default=3` `registered feature-int32 active default=3`
	_ = flagSet.Int32P("feature-int32-p", "user", 3, "user")                    // want `declaration feature-int32-p default=3` `registered feature-int32-p active default=3`
	_, _ = flagSet.GetInt64("feature-get-int64")                                // want `evaluation feature-get-int64 int error`
	flagSet.Int64Var(v6, "feature-int64-var", 3, "user")                        // want `declaration feature-int64-var default=3` `registered feature-int64-var active default=3`
	flagSet.Int64VarP(v6, "feature-int64-var-p", "user", 3, "user")             // want `declaration feature-int64-var-p default=3` `registered feature-int64-var-p active default=3`
	_ = flagSet.Int64("feature-int64", 3, "user")                               // want `declaration feature-int64 default=3` `registered feature-int64 active default=3`
	_ = flagSet.Int64P("feature-int64-p", "user", 3, "user")                    // want `declaration feature-int64-p default=3` `registered feature-int64-p active default=3`
	_, _ = flagSet.GetString("feature-get-string")                              // want `evaluation feature-get-string string error`
	flagSet.StringVar(v7, "feature-string-var", "blue", "user")                 // want `declaration feature-string-var default="blue"` `registered feature-string-var active default=blue`
	flagSet.StringVarP(v7, "feature-string-var-p", "user", "blue", "user")      // want `declaration feature-string-var-p default="blue"` `registered feature-string-var-p active default=blue`
	_ = flagSet.String("feature-string", "blue", "user")                        // want `declaration feature-string default="blue"` `registered feature-string active default=blue`
	_ = flagSet.StringP("feature-string-p", "user", "blue", "user")             // want `declaration feature-string-p default="blue"` `registered feature-string-p active default=blue`
	_, _ = flagSet.GetUint("feature-get-uint")                                  // want `evaluation feature-get-uint int error`
	flagSet.UintVar(v8, "feature-uint-var", 3, "user")                          // want `declaration feature-uint-var default=3` `registered feature-uint-var active default=3`
	flagSet.UintVarP(v8, "feature-uint-var-p", "user", 3, "user")               // want `declaration feature-uint-var-p default=3` `registered feature-uint-var-p active default=3`
	_ = flagSet.Uint("feature-uint", 3, "user")                                 // want `declaration feature-uint default=3` `registered feature-uint active default=3`
	_ = flagSet.UintP("feature-uint-p", "user", 3, "user")                      // want `declaration feature-uint-p default=3` `registered feature-uint-p active default=3`
	_, _ = flagSet.GetUint64("feature-get-uint64")                              // want `evaluation feature-get-uint64 int error`
	flagSet.Uint64Var(v9, "feature-uint64-var", 3, "user")                      // want `declaration feature-uint64-var default=3` `registered feature-uint64-var active default=3`
	flagSet.Uint64VarP(v9, "feature-uint64-var-p", "user", 3, "user")           // want `declaration feature-uint64-var-p default=3` `registered feature-uint64-var-p active default=3`
	_ = flagSet.Uint64("feature-uint64", 3, "user")                             // want `declaration feature-uint64 default=3` `registered feature-uint64 active default=3`
	_ = flagSet.Uint64P("feature-uint64-p", "user", 3, "user")                  // want `declaration feature-uint64-p default=3` `registered feature-uint64-p active default=3`
}

// pointers and variables hold the value from then on
var (
	newCheckout = pflag.Bool("feature-new-checkout", false, "the new checkout") // want `declaration feature-new-checkout default=false` `registered feature-new-checkout active default=false`
	verbose     = pflag.Bool("verbose", false, "a setting, and no flag")
	color       string
)

// the list of gates is a setting
var gates = pflag.String("feature-gates", "", "which gates are on")

type options struct{ fast bool } // want `declaration ff-fast`

func values(fs *pflag.FlagSet) bool {
	var o options
	fs.BoolVar(&o.fast, "ff-fast", false, "fast")                // want `declaration ff-fast default=false` `registered ff-fast active default=false`
	pflag.StringVar(&color, "feature-color", "red", "the color") // want `declaration feature-color default="red"` `registered feature-color active default=red`
	if *newCheckout && !*verbose {                               // want `evaluation feature-new-checkout bool`
		return color == "red" // want `evaluation feature-color string default="red"`
	}
	return o.fast // want `evaluation ff-fast bool default=false`
}
