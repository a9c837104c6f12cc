// Package featurevisor uses every row of the provider featurevisor.
package featurevisor

import (
	featurevisor "github.com/featurevisor/featurevisor-go"
)

func featurevisorFeaturevisor(f *featurevisor.Featurevisor) {
	_ = f.IsEnabled("is-enabled")                            // want `evaluation is-enabled bool`
	_ = f.GetVariation("get-variation")                      // want `evaluation get-variation string`
	_ = f.GetVariable("get-variable", "size")                // want `evaluation get-variable/size`
	_ = f.GetVariableBoolean("get-variable-boolean", "size") // want `evaluation get-variable-boolean/size bool`
	_ = f.GetVariableString("get-variable-string", "size")   // want `evaluation get-variable-string/size string`
	_ = f.GetVariableInteger("get-variable-integer", "size") // want `evaluation get-variable-integer/size int`
	_ = f.GetVariableDouble("get-variable-double", "size")   // want `evaluation get-variable-double/size float`
	_ = f.GetVariableArray("get-variable-array", "size")     // want `evaluation get-variable-array/size json`
	_ = f.GetVariableObject("get-variable-object", "size")   // want `evaluation get-variable-object/size json`
	_ = f.GetVariableJSON("get-variable-json", "size")       // want `evaluation get-variable-json/size json`
}

func featurevisorFeaturevisorChild(featurevisorChild *featurevisor.FeaturevisorChild) {
	_ = featurevisorChild.IsEnabled("is-enabled")                            // want `evaluation is-enabled bool`
	_ = featurevisorChild.GetVariation("get-variation")                      // want `evaluation get-variation string`
	_ = featurevisorChild.GetVariable("get-variable", "size")                // want `evaluation get-variable/size`
	_ = featurevisorChild.GetVariableBoolean("get-variable-boolean", "size") // want `evaluation get-variable-boolean/size bool`
	_ = featurevisorChild.GetVariableString("get-variable-string", "size")   // want `evaluation get-variable-string/size string`
	_ = featurevisorChild.GetVariableInteger("get-variable-integer", "size") // want `evaluation get-variable-integer/size int`
	_ = featurevisorChild.GetVariableDouble("get-variable-double", "size")   // want `evaluation get-variable-double/size float`
	_ = featurevisorChild.GetVariableArray("get-variable-array", "size")     // want `evaluation get-variable-array/size json`
	_ = featurevisorChild.GetVariableObject("get-variable-object", "size")   // want `evaluation get-variable-object/size json`
	_ = featurevisorChild.GetVariableJSON("get-variable-json", "size")       // want `evaluation get-variable-json/size json`
}
