// Package mattermost uses every row of the provider mattermost.
package mattermost

import "github.com/mattermost/mattermost/server/public/model"

func use(cfg *model.Config) string {
	if cfg.FeatureFlags.AppsEnabled { // want `evaluation AppsEnabled bool`
		return "apps"
	}
	if !cfg.FeatureFlags.TestBoolFeature && cfg.FeatureFlags.TestFeature == "on" { // want `evaluation TestBoolFeature bool` `evaluation TestFeature string`
		return "test"
	}
	return ""
}
