package app

import "example.com/featuregate"

const Known featuregate.Feature = "Known"

const Forgotten featuregate.Feature = "Forgotten"

var _ = map[featuregate.Feature]featuregate.FeatureSpec{
	Known: {Default: true, PreRelease: featuregate.Alpha},
}

func all() []bool {
	return []bool{
		featuregate.Default.Enabled(Known),     // code registers it
		featuregate.Default.Enabled(Forgotten), // want `flag "Forgotten" is in no registry`
		featuregate.Default.Enabled(featuregate.Upstream),
	}
}
