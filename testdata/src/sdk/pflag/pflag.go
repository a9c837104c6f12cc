// Package pflag uses every row of the provider pflag.
package pflag

import (
	"github.com/spf13/pflag"
	"time"
)

func packagePflag(duration *time.Duration, v0 *bool, v2 *float64, v3 *int32, v4 *int64, v5 *int, v6 *string, v7 *uint64, v8 *uint) {
	_ = pflag.Bool("feature-bool", true, "user")                   // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	_ = pflag.BoolP("feature-bool-p", "user", true, "user")        // want `declaration feature-bool-p default=true` `registered feature-bool-p active default=true`
	pflag.BoolVar(v0, "feature-bool-var", true, "user")            // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	pflag.BoolVarP(v0, "feature-bool-var-p", "user", true, "user") // want `declaration feature-bool-var-p default=true` `registered feature-bool-var-p active default=true`
	_ = pflag.Duration("feature-duration", 3, "user")
	_ = pflag.DurationP("feature-duration-p", "user", 3, "user")
	pflag.DurationVar(duration, "feature-duration-var", 3, "user")
	pflag.DurationVarP(duration, "feature-duration-var-p", "user", 3, "user")
	_ = pflag.Float64("feature-float64", 0.5, "user")
	_ = pflag.Float64P("feature-float64-p", "user", 0.5, "user")
	pflag.Float64Var(v2, "feature-float64-var", 0.5, "user")
	pflag.Float64VarP(v2, "feature-float64-var-p", "user", 0.5, "user")
	_ = pflag.Int("feature-int", 3, "user")
	_ = pflag.Int32("feature-int32", 3, "user")
	_ = pflag.Int32P("feature-int32-p", "user", 3, "user")
	pflag.Int32Var(v3, "feature-int32-var", 3, "user")
	pflag.Int32VarP(v3, "feature-int32-var-p", "user", 3, "user")
	_ = pflag.Int64("feature-int64", 3, "user")
	_ = pflag.Int64P("feature-int64-p", "user", 3, "user")
	pflag.Int64Var(v4, "feature-int64-var", 3, "user")
	pflag.Int64VarP(v4, "feature-int64-var-p", "user", 3, "user")
	_ = pflag.IntP("feature-int-p", "user", 3, "user")
	pflag.IntVar(v5, "feature-int-var", 3, "user")
	pflag.IntVarP(v5, "feature-int-var-p", "user", 3, "user")
	_ = pflag.Lookup("feature-lookup") // want `mention feature-lookup`
	_ = pflag.String("feature-string", "blue", "user")
	_ = pflag.StringP("feature-string-p", "user", "blue", "user")
	pflag.StringVar(v6, "feature-string-var", "blue", "user")
	pflag.StringVarP(v6, "feature-string-var-p", "user", "blue", "user")
	_ = pflag.Uint("feature-uint", 3, "user")
	_ = pflag.Uint64("feature-uint64", 3, "user")
	_ = pflag.Uint64P("feature-uint64-p", "user", 3, "user")
	pflag.Uint64Var(v7, "feature-uint64-var", 3, "user")
	pflag.Uint64VarP(v7, "feature-uint64-var-p", "user", 3, "user")
	_ = pflag.UintP("feature-uint-p", "user", 3, "user")
	pflag.UintVar(v8, "feature-uint-var", 3, "user")
	pflag.UintVarP(v8, "feature-uint-var-p", "user", 3, "user")
}

func pflagFlagSet(duration *time.Duration, flagSet *pflag.FlagSet, v1 *bool, v3 *float64, v4 *int, v5 *int32, v6 *int64, v7 *string, v8 *uint, v9 *uint64) {
	_, _ = flagSet.GetBool("feature-get-bool")                       // want `evaluation feature-get-bool bool error`
	flagSet.BoolVar(v1, "feature-bool-var", true, "user")            // want `declaration feature-bool-var default=true` `registered feature-bool-var active default=true`
	flagSet.BoolVarP(v1, "feature-bool-var-p", "user", true, "user") // want `declaration feature-bool-var-p default=true` `registered feature-bool-var-p active default=true`
	_ = flagSet.Bool("feature-bool", true, "user")                   // want `declaration feature-bool default=true` `registered feature-bool active default=true`
	_ = flagSet.BoolP("feature-bool-p", "user", true, "user")        // want `declaration feature-bool-p default=true` `registered feature-bool-p active default=true`
	_, _ = flagSet.GetDuration("feature-get-duration")
	flagSet.DurationVar(duration, "feature-duration-var", 3, "user")
	flagSet.DurationVarP(duration, "feature-duration-var-p", "user", 3, "user")
	_ = flagSet.Duration("feature-duration", 3, "user")
	_ = flagSet.DurationP("feature-duration-p", "user", 3, "user")
	_ = flagSet.Lookup("feature-lookup")                          // want `mention feature-lookup`
	_ = flagSet.MarkDeprecated("feature-mark-deprecated", "user") // want `mention feature-mark-deprecated`
	_ = flagSet.MarkHidden("feature-mark-hidden")                 // want `mention feature-mark-hidden`
	_ = flagSet.Changed("feature-changed")                        // want `mention feature-changed`
	_, _ = flagSet.GetFloat64("feature-get-float64")
	flagSet.Float64Var(v3, "feature-float64-var", 0.5, "user")
	flagSet.Float64VarP(v3, "feature-float64-var-p", "user", 0.5, "user")
	_ = flagSet.Float64("feature-float64", 0.5, "user")
	_ = flagSet.Float64P("feature-float64-p", "user", 0.5, "user")
	_, _ = flagSet.GetInt("feature-get-int")
	flagSet.IntVar(v4, "feature-int-var", 3, "user")
	flagSet.IntVarP(v4, "feature-int-var-p", "user", 3, "user")
	_ = flagSet.Int("feature-int", 3, "user")
	_ = flagSet.IntP("feature-int-p", "user", 3, "user")
	_, _ = flagSet.GetInt32("feature-get-int32")
	flagSet.Int32Var(v5, "feature-int32-var", 3, "user")
	flagSet.Int32VarP(v5, "feature-int32-var-p", "user", 3, "user")
	_ = flagSet.Int32("feature-int32", 3, "user")
	_ = flagSet.Int32P("feature-int32-p", "user", 3, "user")
	_, _ = flagSet.GetInt64("feature-get-int64")
	flagSet.Int64Var(v6, "feature-int64-var", 3, "user")
	flagSet.Int64VarP(v6, "feature-int64-var-p", "user", 3, "user")
	_ = flagSet.Int64("feature-int64", 3, "user")
	_ = flagSet.Int64P("feature-int64-p", "user", 3, "user")
	_, _ = flagSet.GetString("feature-get-string")
	flagSet.StringVar(v7, "feature-string-var", "blue", "user")
	flagSet.StringVarP(v7, "feature-string-var-p", "user", "blue", "user")
	_ = flagSet.String("feature-string", "blue", "user")
	_ = flagSet.StringP("feature-string-p", "user", "blue", "user")
	_, _ = flagSet.GetUint("feature-get-uint")
	flagSet.UintVar(v8, "feature-uint-var", 3, "user")
	flagSet.UintVarP(v8, "feature-uint-var-p", "user", 3, "user")
	_ = flagSet.Uint("feature-uint", 3, "user")
	_ = flagSet.UintP("feature-uint-p", "user", 3, "user")
	_, _ = flagSet.GetUint64("feature-get-uint64")
	flagSet.Uint64Var(v9, "feature-uint64-var", 3, "user")
	flagSet.Uint64VarP(v9, "feature-uint64-var-p", "user", 3, "user")
	_ = flagSet.Uint64("feature-uint64", 3, "user")
	_ = flagSet.Uint64P("feature-uint64-p", "user", 3, "user")
}

// pointers and variables hold the value from then on; by a built-in prefix a bool is a flag, and nothing else
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
	fs.BoolVar(&o.fast, "ff-fast", false, "fast") // want `declaration ff-fast default=false` `registered ff-fast active default=false`
	pflag.StringVar(&color, "feature-color", "red", "the color")
	if *newCheckout && !*verbose { // want `evaluation feature-new-checkout bool`
		return color == "red"
	}
	return o.fast // want `evaluation ff-fast bool default=false`
}
