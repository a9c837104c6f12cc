// Package flagstate is a stub: the signatures of LaunchDarkly's flag states v6, without behaviour.
package flagstate

import "github.com/launchdarkly/go-sdk-common/v3/ldvalue"

// AllFlags holds every flag.
type AllFlags struct{}

// FlagState is the state of one flag.
type FlagState struct{ Value ldvalue.Value }

// EvaluationDetail explains a value.
type EvaluationDetail struct {
	Value          ldvalue.Value
	VariationIndex int
}

// Option selects what a state holds.
type Option interface{ apply() }

func (a AllFlags) GetFlag(flagKey string) (FlagState, bool) { return FlagState{}, false }

func (a AllFlags) GetValue(flagKey string) ldvalue.Value { return ldvalue.Value{} }
