// Package client is a stub: the signatures of Split's client v6, without behaviour.
package client

// SplitClient evaluates flags.
type SplitClient struct{}

// TreatmentResult is a treatment and its configuration.
type TreatmentResult struct {
	Treatment string
	Config    *string
}

// SplitManager lists flags.
type SplitManager struct{}

// SplitView describes a flag.
type SplitView struct{ Name string }

func (m *SplitManager) Split(featureFlagName string) *SplitView { return nil }

func (c *SplitClient) Treatment(key interface{}, featureFlagName string, attributes map[string]interface{}) string {
	return "control"
}

func (c *SplitClient) TreatmentWithConfig(key interface{}, featureFlagName string, attributes map[string]interface{}) TreatmentResult {
	return TreatmentResult{}
}

// Track records an event, which is no flag.
func (c *SplitClient) Track(key string, trafficType string, eventType string, value interface{}, properties map[string]interface{}) error {
	return nil
}

func (c *SplitClient) Treatments(key interface{}, featureFlagNames []string, attributes map[string]interface{}) map[string]string {
	return nil
}

func (c *SplitClient) TreatmentsByFlagSet(key interface{}, flagSet string, attributes map[string]interface{}) map[string]string {
	return nil
}

func (c *SplitClient) TreatmentsByFlagSets(key interface{}, flagSets []string, attributes map[string]interface{}) map[string]string {
	return nil
}

func (c *SplitClient) TreatmentsWithConfig(key interface{}, featureFlagNames []string, attributes map[string]interface{}) map[string]TreatmentResult {
	return nil
}

func (c *SplitClient) TreatmentsWithConfigByFlagSet(key interface{}, flagSet string, attributes map[string]interface{}) map[string]TreatmentResult {
	return nil
}

func (c *SplitClient) TreatmentsWithConfigByFlagSets(key interface{}, flagSets []string, attributes map[string]interface{}) map[string]TreatmentResult {
	return nil
}
