// Package influxdb uses every row of the provider influxdb, as the generated list.go does.
package influxdb

import (
	"context"

	"github.com/influxdata/influxdb/v2/kit/feature"
)

var boolFlag = feature.MakeBoolFlag("Bool flag", "make-bool-flag", "team-a", true, feature.Temporary, false) // want `declaration make-bool-flag default=true` `registered make-bool-flag active default=true`

// BoolFlag is an accessor as the generator writes it.
func BoolFlag() feature.BoolFlag { return boolFlag }

var intFlag = feature.MakeIntFlag("Int flag", "make-int-flag", "team-a", 3, feature.Permanent, false) // want `declaration make-int-flag default=3` `registered make-int-flag active default=3`

// IntFlag is an accessor as the generator writes it.
func IntFlag() feature.IntFlag { return intFlag }

var floatFlag = feature.MakeFloatFlag("Float flag", "make-float-flag", "team-a", 0.5, feature.Temporary, false) // want `declaration make-float-flag default=0.5` `registered make-float-flag active default=0.5`

// FloatFlag is an accessor as the generator writes it.
func FloatFlag() feature.FloatFlag { return floatFlag }

var stringFlag = feature.MakeStringFlag("String flag", "make-string-flag", "team-a", "blue", feature.Temporary, false) // want `declaration make-string-flag default="blue"` `registered make-string-flag active default=blue`

// StringFlag is an accessor as the generator writes it.
func StringFlag() feature.StringFlag { return stringFlag }

func use(ctx context.Context) {
	if BoolFlag().Enabled(ctx) { // want `evaluation make-bool-flag bool default=true`
		return
	}
	_ = IntFlag().Int(ctx)       // want `evaluation make-int-flag int default=3`
	_ = FloatFlag().Float(ctx)   // want `evaluation make-float-flag float default=0.5`
	_ = StringFlag().String(ctx) // want `evaluation make-string-flag string default="blue"`
	var f feature.Flag = boolFlag
	_ = f.Key() // want `mention make-bool-flag`
}
