package statsigcore

import (
	statsig "github.com/statsig-io/statsig-go-core"
)

func statsigStatsigOverrides(s *statsig.Statsig) {
	s.OverrideExperimentByGroupName("override-experiment-by-group-name", "blue", "user") // want `override override-experiment-by-group-name set="blue"`
}
