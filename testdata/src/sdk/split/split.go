// Package split uses every row of the provider split.
package split

import (
	"github.com/splitio/go-client/v6/splitio/client"
)

func clientSplitClient(splitClient *client.SplitClient, v1 interface{}, v2 map[string]interface{}, v3 []string) {
	_ = splitClient.Treatment(v1, "treatment", v2)                                                                 // want `evaluation treatment string`
	_ = splitClient.TreatmentWithConfig(v1, "treatment-with-config", v2)                                           // want `evaluation treatment-with-config string`
	_ = splitClient.Treatments(v1, []string{"treatments-a", "treatments-b"}, v2)                                   // want `evaluation treatments-a string inexact` `evaluation treatments-b string inexact`
	_ = splitClient.TreatmentsByFlagSet(v1, "user", v2)                                                            // want `evaluation ? string`
	_ = splitClient.TreatmentsByFlagSets(v1, v3, v2)                                                               // want `evaluation ? string`
	_ = splitClient.TreatmentsWithConfig(v1, []string{"treatments-with-config-a", "treatments-with-config-b"}, v2) // want `evaluation treatments-with-config-a string inexact` `evaluation treatments-with-config-b string inexact`
	_ = splitClient.TreatmentsWithConfigByFlagSet(v1, "user", v2)                                                  // want `evaluation ? string`
	_ = splitClient.TreatmentsWithConfigByFlagSets(v1, v3, v2)                                                     // want `evaluation ? string`
}

func clientSplitManager(splitManager *client.SplitManager) {
	_ = splitManager.Split("split") // want `mention split`
}
