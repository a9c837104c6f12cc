// Package flagsmith is a stub: the signatures of Flagsmith v4, without behaviour.
package flagsmith

// Flags is the state of every flag.
type Flags struct{}

// Flag is the state of one flag.
type Flag struct {
	Enabled     bool
	Value       interface{}
	IsDefault   bool
	FeatureID   int
	FeatureName string
}

func (f *Flags) IsFeatureEnabled(featureName string) (bool, error) { return false, nil }

func (f *Flags) GetFeatureValue(featureName string) (interface{}, error) { return nil, nil }

func (f *Flags) GetFlag(featureName string) (Flag, error) { return Flag{}, nil }
