package statsig

import (
	statsig "github.com/statsig-io/go-sdk"
)

func statsigClientOverrides(client *statsig.Client, v1 map[string]interface{}) {
	client.OverrideGate("override-gate", true)   // want `override override-gate set=true`
	client.OverrideConfig("override-config", v1) // want `override override-config`
	client.OverrideLayer("override-layer", v1)   // want `override override-layer`
}

func packageStatsigOverrides(v0 map[string]interface{}) {
	statsig.OverrideConfig("override-config", v0) // want `override override-config`
	statsig.OverrideGate("override-gate", true)   // want `override override-gate set=true`
	statsig.OverrideLayer("override-layer", v0)   // want `override override-layer`
}
