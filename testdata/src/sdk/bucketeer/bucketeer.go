// Package bucketeer uses every row of the provider bucketeer.
package bucketeer

import (
	"context"
	"github.com/bucketeer-io/go-server-sdk/pkg/bucketeer"
)

func bucketeerSDK(c context.Context, sDK bucketeer.SDK, user *bucketeer.User, v3 interface{}) {
	_ = sDK.BoolVariation(c, user, "bool-variation", true)                      // want `evaluation bool-variation bool default=true`
	_ = sDK.BoolVariationDetails(c, user, "bool-variation-details", true)       // want `evaluation bool-variation-details bool default=true`
	_ = sDK.Float64Variation(c, user, "float64-variation", 0.5)                 // want `evaluation float64-variation float default=0.5`
	_ = sDK.Float64VariationDetails(c, user, "float64-variation-details", 0.5)  // want `evaluation float64-variation-details float default=0.5`
	_ = sDK.Int64Variation(c, user, "int64-variation", 3)                       // want `evaluation int64-variation int default=3`
	_ = sDK.Int64VariationDetails(c, user, "int64-variation-details", 3)        // want `evaluation int64-variation-details int default=3`
	_ = sDK.IntVariation(c, user, "int-variation", 3)                           // want `evaluation int-variation int default=3`
	_ = sDK.IntVariationDetails(c, user, "int-variation-details", 3)            // want `evaluation int-variation-details int default=3`
	sDK.JSONVariation(c, user, "json-variation", v3)                            // want `evaluation json-variation json`
	_ = sDK.ObjectVariation(c, user, "object-variation", "x")                   // want `evaluation object-variation json default="x"`
	_ = sDK.ObjectVariationDetails(c, user, "object-variation-details", "x")    // want `evaluation object-variation-details json default="x"`
	_ = sDK.StringVariation(c, user, "string-variation", "blue")                // want `evaluation string-variation string default="blue"`
	_ = sDK.StringVariationDetails(c, user, "string-variation-details", "blue") // want `evaluation string-variation-details string default="blue"`
}
