// Package common is a stub: the signatures of GitLab Runner's build, without behaviour.
package common

// Build is a job that runs.
type Build struct{}

// RunnerConfig is a runner's configuration.
type RunnerConfig struct{}

func (b *Build) IsFeatureFlagOn(name string) bool { return false }

func (c *RunnerConfig) IsFeatureFlagOn(name string) bool { return false }

func (c *RunnerConfig) IsFeatureFlagDefined(name string) bool { return false }
