package features

import "example.com/featuregate"

const (
	FastStart featuregate.Feature = "FastStart"
	Young     featuregate.Feature = "Young"
)

func init() {
	featuregate.Default.Add(map[featuregate.Feature]featuregate.FeatureSpec{
		FastStart: {Default: true, LockToDefault: true, PreRelease: featuregate.GA},
		Young:     {Default: false, PreRelease: featuregate.Alpha},
	})
}
