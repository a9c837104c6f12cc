package features

import "example.com/featuregate"

const (
	Ready   featuregate.Feature = "Ready"
	Young   featuregate.Feature = "Young"
	Younger featuregate.Feature = "Younger"
	Same    featuregate.Feature = "Same"
)

func init() {
	featuregate.Default.Add(map[featuregate.Feature]featuregate.FeatureSpec{
		Ready:   {Default: true, PreRelease: featuregate.Alpha},
		Young:   {Default: false, PreRelease: featuregate.Alpha},
		Younger: {Default: false, PreRelease: featuregate.Alpha},
		Same:    {Default: true, PreRelease: featuregate.Alpha},
	})
}
