package featurevisor

import (
	featurevisor "github.com/featurevisor/featurevisor-go"
)

func featurevisorFeaturevisorOverrides(f *featurevisor.Featurevisor) {
	f.SetSticky(featurevisor.StickyFeatures{"set-sticky": {Enabled: true}}) // want `override set-sticky set=true`
}

func featurevisorFeaturevisorChildOverrides(featurevisorChild *featurevisor.FeaturevisorChild) {
	featurevisorChild.SetSticky(featurevisor.StickyFeatures{"set-sticky": {Enabled: true}}) // want `override set-sticky set=true`
}
