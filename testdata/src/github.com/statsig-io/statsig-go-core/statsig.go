// Package statsig is a stub: the signatures of Statsig on the shared core, without behaviour.
package statsig

// Statsig evaluates gates and configs.
type Statsig struct{}

// StatsigUser is whom a gate is evaluated for.
type StatsigUser struct{ UserID string }

// Options are those of an evaluation.
type Options struct{}

// FeatureGate is a gate evaluated.
type FeatureGate struct {
	Name   string
	Value  bool
	RuleID string
}

func (s *Statsig) CheckGate(user *StatsigUser, gateName string) bool { return false }

func (s *Statsig) CheckGateWithOptions(user *StatsigUser, gateName string, options *Options) bool {
	return false
}

func (s *Statsig) GetFeatureGate(user *StatsigUser, gateName string) FeatureGate {
	return FeatureGate{}
}

func (s *Statsig) GetFeatureGateWithOptions(user *StatsigUser, gateName string, options *Options) FeatureGate {
	return FeatureGate{}
}

func (s *Statsig) GetExperimentByGroupName(experimentName string, groupName string) Experiment {
	return Experiment{}
}

func (s *Statsig) OverrideExperimentByGroupName(experimentName string, groupName string, id string) {
}

// DynamicConfig holds parameters.
type DynamicConfig struct {
	Name   string
	RuleID string
}

func (c *DynamicConfig) GetBool(key string, fallback bool) bool { return fallback }

func (c *DynamicConfig) GetString(key string, fallback string) string { return fallback }

func (c *DynamicConfig) GetNumber(key string, fallback float64) float64 { return fallback }

func (c *DynamicConfig) GetSlice(key string, fallback []any) []any { return fallback }

func (c *DynamicConfig) GetMap(key string, fallback map[string]any) map[string]any { return fallback }

func (s *Statsig) GetDynamicConfig(user *StatsigUser, name string) DynamicConfig {
	return DynamicConfig{}
}

func (s *Statsig) GetDynamicConfigWithOptions(user *StatsigUser, name string, options *Options) DynamicConfig {
	return DynamicConfig{}
}

// Experiment holds parameters.
type Experiment struct {
	Name   string
	RuleID string
}

func (c *Experiment) GetBool(key string, fallback bool) bool { return fallback }

func (c *Experiment) GetString(key string, fallback string) string { return fallback }

func (c *Experiment) GetNumber(key string, fallback float64) float64 { return fallback }

func (c *Experiment) GetSlice(key string, fallback []any) []any { return fallback }

func (c *Experiment) GetMap(key string, fallback map[string]any) map[string]any { return fallback }

func (s *Statsig) GetExperiment(user *StatsigUser, name string) Experiment { return Experiment{} }

func (s *Statsig) GetExperimentWithOptions(user *StatsigUser, name string, options *Options) Experiment {
	return Experiment{}
}

// Layer holds parameters.
type Layer struct {
	Name   string
	RuleID string
}

func (c *Layer) GetBool(key string, fallback bool) bool { return fallback }

func (c *Layer) GetString(key string, fallback string) string { return fallback }

func (c *Layer) GetNumber(key string, fallback float64) float64 { return fallback }

func (c *Layer) GetSlice(key string, fallback []any) []any { return fallback }

func (c *Layer) GetMap(key string, fallback map[string]any) map[string]any { return fallback }

func (s *Statsig) GetLayer(user *StatsigUser, name string) Layer { return Layer{} }

func (s *Statsig) GetLayerWithOptions(user *StatsigUser, name string, options *Options) Layer {
	return Layer{}
}

// ParameterStore holds parameters.
type ParameterStore struct{ Name string }

func (c *ParameterStore) GetBool(key string, fallback bool) bool { return fallback }

func (c *ParameterStore) GetString(key string, fallback string) string { return fallback }

func (c *ParameterStore) GetNumber(key string, fallback float64) float64 { return fallback }

func (c *ParameterStore) GetSlice(key string, fallback []any) []any { return fallback }

func (c *ParameterStore) GetMap(key string, fallback map[string]any) map[string]any { return fallback }

func (c *ParameterStore) GetInt(key string, fallback int64) int64 { return fallback }

func (s *Statsig) GetParameterStore(user *StatsigUser, name string) ParameterStore {
	return ParameterStore{}
}

func (s *Statsig) GetParameterStoreWithOptions(user *StatsigUser, name string, options *Options) ParameterStore {
	return ParameterStore{}
}

func (s *Statsig) ManuallyLogGateExposure(user *StatsigUser, name string) {}

func (s *Statsig) ManuallyLogDynamicConfigExposure(user *StatsigUser, name string) {}

func (s *Statsig) ManuallyLogExperimentExposure(user *StatsigUser, name string) {}

func (s *Statsig) ManuallyLogLayerExposure(user *StatsigUser, name string, parameter string) {}
