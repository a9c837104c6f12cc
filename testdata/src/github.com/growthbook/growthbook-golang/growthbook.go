// Package growthbook is a stub: the signatures of GrowthBook v0.1, without behaviour.
package growthbook

// GrowthBook evaluates features.
type GrowthBook struct{}

// FeatureValue is the value of a feature.
type FeatureValue interface{}

// FeatureResult is a feature evaluated.
type FeatureResult struct {
	Value            FeatureValue
	On, Off          bool
	Source           string
	Experiment       *Experiment
	ExperimentResult *Result
}

// Experiment is an experiment to run on the spot.
type Experiment struct {
	Key        string
	Variations []FeatureValue
}

// Result is an experiment run.
type Result struct{ InExperiment bool }

func NewExperiment(key string) *Experiment { return &Experiment{Key: key} }

func (gb *GrowthBook) Feature(key string) *FeatureResult { return &FeatureResult{} }

func (gb *GrowthBook) EvalFeature(id string) *FeatureResult { return &FeatureResult{} }

func (gb *GrowthBook) IsOn(key string) bool { return false }

func (gb *GrowthBook) IsOff(key string) bool { return true }

func (gb *GrowthBook) GetFeatureValue(key string, defaultValue interface{}) interface{} {
	return defaultValue
}

func (gb *GrowthBook) Run(exp *Experiment) *Result { return &Result{} }
