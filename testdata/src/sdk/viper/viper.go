// Package viper uses every row of the provider viper.
package viper

import (
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

func packageViper(flag *pflag.Flag) {
	_ = viper.BindEnv("feature.bind-env")                                    // want `mention feature.bind-env`
	_ = viper.BindPFlag("feature.bind-p-flag", flag)                         // want `mention feature.bind-p-flag`
	_ = viper.Get("feature.get")                                             // want `evaluation feature.get`
	_ = viper.GetBool("feature.get-bool")                                    // want `evaluation feature.get-bool bool`
	_ = viper.GetDuration("feature.get-duration")                            // want `evaluation feature.get-duration int`
	_ = viper.GetFloat64("feature.get-float64")                              // want `evaluation feature.get-float64 float`
	_ = viper.GetInt("feature.get-int")                                      // want `evaluation feature.get-int int`
	_ = viper.GetInt32("feature.get-int32")                                  // want `evaluation feature.get-int32 int`
	_ = viper.GetInt64("feature.get-int64")                                  // want `evaluation feature.get-int64 int`
	_ = viper.GetIntSlice("feature.get-int-slice")                           // want `evaluation feature.get-int-slice json`
	_ = viper.GetString("feature.get-string")                                // want `evaluation feature.get-string string`
	_ = viper.GetStringMap("feature.get-string-map")                         // want `evaluation feature.get-string-map json`
	_ = viper.GetStringMapString("feature.get-string-map-string")            // want `evaluation feature.get-string-map-string json`
	_ = viper.GetStringMapStringSlice("feature.get-string-map-string-slice") // want `evaluation feature.get-string-map-string-slice json`
	_ = viper.GetStringSlice("feature.get-string-slice")                     // want `evaluation feature.get-string-slice json`
	_ = viper.GetUint("feature.get-uint")                                    // want `evaluation feature.get-uint int`
	_ = viper.GetUint64("feature.get-uint64")                                // want `evaluation feature.get-uint64 int`
	_ = viper.InConfig("feature.in-config")                                  // want `mention feature.in-config`
	_ = viper.IsSet("feature.is-set")                                        // want `mention feature.is-set`
	viper.MustBindEnv("feature.must-bind-env")                               // want `mention feature.must-bind-env`
	viper.SetDefault("feature.set-default", "x")                             // want `declaration feature.set-default default="x"`
}

func viperViper(flag *pflag.Flag, v *viper.Viper) {
	_ = v.Get("feature.get")                                             // want `evaluation feature.get`
	_ = v.GetString("feature.get-string")                                // want `evaluation feature.get-string string`
	_ = v.GetBool("feature.get-bool")                                    // want `evaluation feature.get-bool bool`
	_ = v.GetInt("feature.get-int")                                      // want `evaluation feature.get-int int`
	_ = v.GetInt32("feature.get-int32")                                  // want `evaluation feature.get-int32 int`
	_ = v.GetInt64("feature.get-int64")                                  // want `evaluation feature.get-int64 int`
	_ = v.GetUint("feature.get-uint")                                    // want `evaluation feature.get-uint int`
	_ = v.GetUint64("feature.get-uint64")                                // want `evaluation feature.get-uint64 int`
	_ = v.GetFloat64("feature.get-float64")                              // want `evaluation feature.get-float64 float`
	_ = v.GetDuration("feature.get-duration")                            // want `evaluation feature.get-duration int`
	_ = v.GetIntSlice("feature.get-int-slice")                           // want `evaluation feature.get-int-slice json`
	_ = v.GetStringSlice("feature.get-string-slice")                     // want `evaluation feature.get-string-slice json`
	_ = v.GetStringMap("feature.get-string-map")                         // want `evaluation feature.get-string-map json`
	_ = v.GetStringMapString("feature.get-string-map-string")            // want `evaluation feature.get-string-map-string json`
	_ = v.GetStringMapStringSlice("feature.get-string-map-string-slice") // want `evaluation feature.get-string-map-string-slice json`
	_ = v.BindPFlag("feature.bind-p-flag", flag)                         // want `mention feature.bind-p-flag`
	_ = v.BindEnv("feature.bind-env")                                    // want `mention feature.bind-env`
	v.MustBindEnv("feature.must-bind-env")                               // want `mention feature.must-bind-env`
	_ = v.IsSet("feature.is-set")                                        // want `mention feature.is-set`
	_ = v.InConfig("feature.in-config")                                  // want `mention feature.in-config`
	v.SetDefault("feature.set-default", "x")                             // want `declaration feature.set-default default="x"`
}

type config struct {
	NewSearch bool   `mapstructure:"new_search"` // want `declaration features.new_search` `declaration toggles.new_search`
	Color     string // want `declaration features.color` `declaration toggles.color`
	Group     struct {
		Deep bool `mapstructure:"deep"`
	} `mapstructure:"group"`
}

type all struct {
	Features config `mapstructure:"features"`
	Port     int    `mapstructure:"port"`
}

func structs() bool {
	var c config
	if err := viper.UnmarshalKey("features", &c); err != nil {
		return false
	}
	if c.NewSearch && c.Color == "red" { // want `evaluation features.new_search bool` `evaluation features.color string`
		return c.Group.Deep // want `evaluation features.group.deep bool`
	}
	var a all
	if err := viper.Unmarshal(&a); err != nil {
		return false
	}
	return a.Features.NewSearch && a.Port > 0 // want `evaluation features.new_search bool`
}

func methods(v *viper.Viper) bool {
	var a, b all
	var c config
	if v.Unmarshal(&a) != nil || v.UnmarshalExact(&b) != nil || viper.UnmarshalExact(&b) != nil || v.UnmarshalKey("toggles", &c) != nil {
		return false
	}
	return c.NewSearch // want `evaluation toggles.new_search bool`
}

// settings are no flags
func settings(v *viper.Viper) []any {
	return []any{viper.GetString("port"), v.GetBool("verbose"), viper.Get("tls.cert")}
}

type server struct{ features *viper.Viper }

func newServer(v *viper.Viper) *server { return &server{features: v.Sub("features")} }

type below struct {
	Deep bool `mapstructure:"deep"` // want `declaration features.below.deep`
}

// sub asks below a key.
func sub(v *viper.Viper, s *server, name string) bool {
	features := viper.Sub("features")
	if features == nil {
		return false
	}
	features.SetDefault("default", true) // want `declaration features.default default=true`
	if features.GetBool("search") {      // want `evaluation features.search bool`
		return v.Sub("toggles").Sub("group").GetBool("deep") // want `evaluation toggles.group.deep bool`
	}
	if v.Sub(name).GetBool("feature.unknown") { // nobody knows what it is below of
		return false
	}
	var b below
	if err := viper.Sub("features.below").Unmarshal(&b); err != nil {
		return false
	}
	for _, key := range []string{"one", "two"} {
		features.GetBool(key) // want `evaluation features.one bool inexact` `evaluation features.two bool inexact`
	}
	return s.features.GetBool("field") || // want `evaluation features.field bool`
		b.Deep || // want `evaluation features.below.deep bool`
		v.Sub("server").GetBool("feature.no") // it is server.feature.no
}
