// Package statsigcore uses every row of the provider statsigcore.
package statsigcore

import (
	statsig "github.com/statsig-io/statsig-go-core"
)

func statsigStatsig(options *statsig.Options, s *statsig.Statsig, statsigUser *statsig.StatsigUser) {
	_ = s.CheckGate(statsigUser, "check-gate")                                                   // want `evaluation check-gate bool`
	_ = s.CheckGateWithOptions(statsigUser, "check-gate-with-options", options)                  // want `evaluation check-gate-with-options bool`
	_ = s.GetFeatureGate(statsigUser, "get-feature-gate")                                        // want `evaluation get-feature-gate bool`
	_ = s.GetFeatureGateWithOptions(statsigUser, "get-feature-gate-with-options", options)       // want `evaluation get-feature-gate-with-options bool`
	_ = s.GetExperimentByGroupName("get-experiment-by-group-name", "user")                       // want `evaluation get-experiment-by-group-name json`
	_ = s.GetDynamicConfig(statsigUser, "get-dynamic-config")                                    // want `evaluation get-dynamic-config json`
	_ = s.GetDynamicConfigWithOptions(statsigUser, "get-dynamic-config-with-options", options)   // want `evaluation get-dynamic-config-with-options json`
	_ = s.GetExperiment(statsigUser, "get-experiment")                                           // want `evaluation get-experiment json`
	_ = s.GetExperimentWithOptions(statsigUser, "get-experiment-with-options", options)          // want `evaluation get-experiment-with-options json`
	_ = s.GetLayer(statsigUser, "get-layer")                                                     // want `evaluation get-layer json`
	_ = s.GetLayerWithOptions(statsigUser, "get-layer-with-options", options)                    // want `evaluation get-layer-with-options json`
	_ = s.GetParameterStore(statsigUser, "get-parameter-store")                                  // want `evaluation get-parameter-store json`
	_ = s.GetParameterStoreWithOptions(statsigUser, "get-parameter-store-with-options", options) // want `evaluation get-parameter-store-with-options json`
	s.ManuallyLogGateExposure(statsigUser, "manually-log-gate-exposure")                         // want `mention manually-log-gate-exposure`
	s.ManuallyLogDynamicConfigExposure(statsigUser, "manually-log-dynamic-config-exposure")      // want `mention manually-log-dynamic-config-exposure`
	s.ManuallyLogExperimentExposure(statsigUser, "manually-log-experiment-exposure")             // want `mention manually-log-experiment-exposure`
	s.ManuallyLogLayerExposure(statsigUser, "manually-log-layer-exposure", "user")               // want `mention manually-log-layer-exposure`
}
