// Package flagship uses every row of the provider flagship.
package flagship

import (
	"github.com/flagship-io/flagship-go-sdk/v2/pkg/client"
)

func clientVisitor(v1 bool, v2 map[string]interface{}, v3 []interface{}, visitor *client.Visitor) {
	_, _ = visitor.GetModificationBool("get-modification-bool", true, v1)       // want `evaluation get-modification-bool bool default=true error`
	_, _ = visitor.GetModificationString("get-modification-string", "blue", v1) // want `evaluation get-modification-string string default="blue" error`
	_, _ = visitor.GetModificationNumber("get-modification-number", 0.5, v1)    // want `evaluation get-modification-number float default=0.5 error`
	_, _ = visitor.GetModificationObject("get-modification-object", v2, v1)     // want `evaluation get-modification-object json error`
	_, _ = visitor.GetModificationArray("get-modification-array", v3, v1)       // want `evaluation get-modification-array json error`
	_ = visitor.ActivateModification("activate-modification")                   // want `mention activate-modification`
	_, _ = visitor.GetModificationInfo("get-modification-info")                 // want `mention get-modification-info`
}
