package mattermost

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
)

func TestUse(t *testing.T) {
	cfg := &model.Config{FeatureFlags: &model.FeatureFlags{
		AppsEnabled: true, // want `override AppsEnabled set=true`
	}}
	cfg.FeatureFlags.TestFeature = "on"             // want `override TestFeature set="on"`
	t.Setenv("MM_FEATUREFLAGS_APPSENABLED", "true") // want `override AppsEnabled set="true"`
	if use(cfg) != "apps" {
		t.Fail()
	}
}
