// Package configcat uses every row of the provider configcat.
package configcat

import (
	configcat "github.com/configcat/go-sdk/v9"
)

func packageConfigcat() {
	_ = configcat.Bool("bool", true)       // want `declaration bool default=true`
	_ = configcat.Float("float", 0.5)      // want `declaration float default=0.5`
	_ = configcat.Int("int", 3)            // want `declaration int default=3`
	_ = configcat.String("string", "blue") // want `declaration string default="blue"`
}

func configcatClient(client *configcat.Client, user configcat.User) {
	_ = client.GetBoolValue("get-bool-value", true, user)                      // want `evaluation get-bool-value bool default=true`
	_ = client.GetBoolValueDetails("get-bool-value-details", true, user)       // want `evaluation get-bool-value-details bool default=true`
	_ = client.GetIntValue("get-int-value", 3, user)                           // want `evaluation get-int-value int default=3`
	_ = client.GetIntValueDetails("get-int-value-details", 3, user)            // want `evaluation get-int-value-details int default=3`
	_ = client.GetFloatValue("get-float-value", 0.5, user)                     // want `evaluation get-float-value float default=0.5`
	_ = client.GetFloatValueDetails("get-float-value-details", 0.5, user)      // want `evaluation get-float-value-details float default=0.5`
	_ = client.GetStringValue("get-string-value", "blue", user)                // want `evaluation get-string-value string default="blue"`
	_ = client.GetStringValueDetails("get-string-value-details", "blue", user) // want `evaluation get-string-value-details string default="blue"`
}

func configcatSnapshot(snapshot *configcat.Snapshot) {
	_ = snapshot.GetValue("get-value")                // want `evaluation get-value`
	_ = snapshot.GetValueDetails("get-value-details") // want `evaluation get-value-details`
}

var (
	newCheckout = configcat.Bool("newCheckout", false) // want `declaration newCheckout default=false`
	limit       = configcat.Int("limit", 10)           // want `declaration limit default=10`
	ratio       = configcat.Float("ratio", 0.5)        // want `declaration ratio default=0.5`
	color       = configcat.String("color", "red")     // want `declaration color default="red"`
)

func declared(snap *configcat.Snapshot) bool {
	d := newCheckout.GetWithDetails(snap) // want `evaluation newCheckout bool default=false`
	if d.Value && newCheckout.Get(snap) { // want `evaluation newCheckout bool default=false`
		return newCheckout.Key() == "" // want `mention newCheckout`
	}
	_ = limit.Get(snap)                                                  // want `evaluation limit int default=10`
	_ = limit.GetWithDetails(snap)                                       // want `evaluation limit int default=10`
	_ = limit.Key()                                                      // want `mention limit`
	_ = limit.GetValueDetails(snap)                                      // want `evaluation limit int default=10`
	_ = ratio.Get(snap)                                                  // want `evaluation ratio float default=0.5`
	_ = ratio.GetWithDetails(snap)                                       // want `evaluation ratio float default=0.5`
	_ = ratio.GetValue(snap)                                             // want `evaluation ratio float default=0.5`
	_ = ratio.Key()                                                      // want `mention ratio`
	_ = ratio.GetValueDetails(snap)                                      // want `evaluation ratio float default=0.5`
	_ = color.GetWithDetails(snap)                                       // want `evaluation color string default="red"`
	_ = color.GetValue(snap)                                             // want `evaluation color string default="red"`
	_ = color.Key()                                                      // want `mention color`
	_ = color.GetValueDetails(snap)                                      // want `evaluation color string default="red"`
	_ = newCheckout.GetValueDetails(snap)                                // want `evaluation newCheckout bool default=false`
	if newCheckout.GetValue(snap) == true || limit.GetValue(snap) == 3 { // want `evaluation newCheckout bool default=false` `evaluation limit int default=10`
		return color.Get(snap) == "red" // want `evaluation color string default="red"`
	}
	var f configcat.Flag = newCheckout
	_ = f.GetValueDetails(snap)     // want `evaluation newCheckout default=false`
	_ = f.Key()                     // want `mention newCheckout`
	return f.GetValue(snap) == true // want `evaluation newCheckout default=false`
}
