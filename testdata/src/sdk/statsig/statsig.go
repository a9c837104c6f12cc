// Package statsig uses every row of the provider statsig.
package statsig

import (
	statsig "github.com/statsig-io/go-sdk"
)

func packageStatsig(getExperimentOptions *statsig.GetExperimentOptions, getLayerOptions *statsig.GetLayerOptions, user statsig.User) {
	_ = statsig.CheckGate(user, "check-gate")                                                                   // want `evaluation check-gate bool`
	_ = statsig.CheckGateWithExposureLoggingDisabled(user, "check-gate-with-exposure-logging-disabled")         // want `evaluation check-gate-with-exposure-logging-disabled bool`
	_ = statsig.GetConfig(user, "get-config")                                                                   // want `evaluation get-config json`
	_ = statsig.GetConfigWithExposureLoggingDisabled(user, "get-config-with-exposure-logging-disabled")         // want `evaluation get-config-with-exposure-logging-disabled json`
	_ = statsig.GetExperiment(user, "get-experiment")                                                           // want `evaluation get-experiment json`
	_, _ = statsig.GetExperimentLayer("get-experiment-layer")                                                   // want `mention get-experiment-layer`
	_ = statsig.GetExperimentWithExposureLoggingDisabled(user, "get-experiment-with-exposure-logging-disabled") // want `evaluation get-experiment-with-exposure-logging-disabled json`
	_ = statsig.GetExperimentWithOptions(user, "get-experiment-with-options", getExperimentOptions)             // want `evaluation get-experiment-with-options json`
	_ = statsig.GetGate(user, "get-gate")                                                                       // want `evaluation get-gate bool`
	_ = statsig.GetGateWithExposureLoggingDisabled(user, "get-gate-with-exposure-logging-disabled")             // want `evaluation get-gate-with-exposure-logging-disabled bool`
	_ = statsig.GetLayer(user, "get-layer")                                                                     // want `evaluation get-layer json`
	_ = statsig.GetLayerWithExposureLoggingDisabled(user, "get-layer-with-exposure-logging-disabled")           // want `evaluation get-layer-with-exposure-logging-disabled json`
	_ = statsig.GetLayerWithOptions(user, "get-layer-with-options", getLayerOptions)                            // want `evaluation get-layer-with-options json`
	statsig.ManuallyLogConfigExposure(user, "manually-log-config-exposure")                                     // want `mention manually-log-config-exposure`
	statsig.ManuallyLogExperimentExposure(user, "manually-log-experiment-exposure")                             // want `mention manually-log-experiment-exposure`
	statsig.ManuallyLogGateExposure(user, "manually-log-gate-exposure")                                         // want `mention manually-log-gate-exposure`
	statsig.ManuallyLogLayerParameterExposure(user, "manually-log-layer-parameter-exposure", "size")            // want `mention manually-log-layer-parameter-exposure/size`
}

func statsigClient(client *statsig.Client, getExperimentOptions *statsig.GetExperimentOptions, getLayerOptions *statsig.GetLayerOptions, user statsig.User) {
	_ = client.CheckGate(user, "check-gate")                                                                   // want `evaluation check-gate bool`
	_ = client.CheckGateWithExposureLoggingDisabled(user, "check-gate-with-exposure-logging-disabled")         // want `evaluation check-gate-with-exposure-logging-disabled bool`
	_ = client.GetGate(user, "get-gate")                                                                       // want `evaluation get-gate bool`
	_ = client.GetGateWithExposureLoggingDisabled(user, "get-gate-with-exposure-logging-disabled")             // want `evaluation get-gate-with-exposure-logging-disabled bool`
	client.ManuallyLogGateExposure(user, "manually-log-gate-exposure")                                         // want `mention manually-log-gate-exposure`
	_ = client.GetConfig(user, "get-config")                                                                   // want `evaluation get-config json`
	_ = client.GetConfigWithExposureLoggingDisabled(user, "get-config-with-exposure-logging-disabled")         // want `evaluation get-config-with-exposure-logging-disabled json`
	client.ManuallyLogConfigExposure(user, "manually-log-config-exposure")                                     // want `mention manually-log-config-exposure`
	_, _ = client.GetExperimentLayer("get-experiment-layer")                                                   // want `mention get-experiment-layer`
	_ = client.GetExperiment(user, "get-experiment")                                                           // want `evaluation get-experiment json`
	_ = client.GetExperimentWithExposureLoggingDisabled(user, "get-experiment-with-exposure-logging-disabled") // want `evaluation get-experiment-with-exposure-logging-disabled json`
	_ = client.GetExperimentWithOptions(user, "get-experiment-with-options", getExperimentOptions)             // want `evaluation get-experiment-with-options json`
	client.ManuallyLogExperimentExposure(user, "manually-log-experiment-exposure")                             // want `mention manually-log-experiment-exposure`
	_ = client.GetLayer(user, "get-layer")                                                                     // want `evaluation get-layer json`
	_ = client.GetLayerWithExposureLoggingDisabled(user, "get-layer-with-exposure-logging-disabled")           // want `evaluation get-layer-with-exposure-logging-disabled json`
	_ = client.GetLayerWithOptions(user, "get-layer-with-options", getLayerOptions)                            // want `evaluation get-layer-with-options json`
	client.ManuallyLogLayerParameterExposure(user, "manually-log-layer-parameter-exposure", "size")            // want `mention manually-log-layer-parameter-exposure/size`
}
