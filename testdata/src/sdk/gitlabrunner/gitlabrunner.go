// Package gitlabrunner uses every row of the provider gitlabrunner.
package gitlabrunner

import (
	"gitlab.com/gitlab-org/gitlab-runner/common"
	"gitlab.com/gitlab-org/gitlab-runner/helpers/featureflags"
)

func commonBuild(build *common.Build) {
	_ = build.IsFeatureFlagOn("is-feature-flag-on") // want `evaluation is-feature-flag-on bool`
}

func commonRunnerConfig(runnerConfig *common.RunnerConfig) {
	_ = runnerConfig.IsFeatureFlagOn("is-feature-flag-on")           // want `evaluation is-feature-flag-on bool`
	_ = runnerConfig.IsFeatureFlagDefined("is-feature-flag-defined") // want `mention is-feature-flag-defined`
}

// table is the runner's list of flags, in code.
var table = []featureflags.FeatureFlag{
	{Name: "FF_USE_NEW_SHELL", DefaultValue: false, ToBeRemovedWith: "18.0", Description: "The new shell"}, // want `declaration FF_USE_NEW_SHELL` `registered FF_USE_NEW_SHELL active default=false expires=18.0`
}
