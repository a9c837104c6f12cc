// Package ffclient is a stub: the signatures of GO Feature Flag, without behaviour.
package ffclient

import (
	"github.com/thomaspoignant/go-feature-flag/ffcontext"
	"github.com/thomaspoignant/go-feature-flag/model"
)

// GoFeatureFlag evaluates flags.
type GoFeatureFlag struct{}

// AllFlags holds every flag.
type AllFlags struct{}

func BoolVariation(flagKey string, ctx ffcontext.Context, defaultValue bool) (bool, error) {
	return defaultValue, nil
}

func BoolVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue bool) (model.VariationResult[bool], error) {
	return model.VariationResult[bool]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) BoolVariation(flagKey string, ctx ffcontext.Context, defaultValue bool) (bool, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) BoolVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue bool) (model.VariationResult[bool], error) {
	return model.VariationResult[bool]{Value: defaultValue}, nil
}

func IntVariation(flagKey string, ctx ffcontext.Context, defaultValue int) (int, error) {
	return defaultValue, nil
}

func IntVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue int) (model.VariationResult[int], error) {
	return model.VariationResult[int]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) IntVariation(flagKey string, ctx ffcontext.Context, defaultValue int) (int, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) IntVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue int) (model.VariationResult[int], error) {
	return model.VariationResult[int]{Value: defaultValue}, nil
}

func Float64Variation(flagKey string, ctx ffcontext.Context, defaultValue float64) (float64, error) {
	return defaultValue, nil
}

func Float64VariationDetails(flagKey string, ctx ffcontext.Context, defaultValue float64) (model.VariationResult[float64], error) {
	return model.VariationResult[float64]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) Float64Variation(flagKey string, ctx ffcontext.Context, defaultValue float64) (float64, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) Float64VariationDetails(flagKey string, ctx ffcontext.Context, defaultValue float64) (model.VariationResult[float64], error) {
	return model.VariationResult[float64]{Value: defaultValue}, nil
}

func StringVariation(flagKey string, ctx ffcontext.Context, defaultValue string) (string, error) {
	return defaultValue, nil
}

func StringVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue string) (model.VariationResult[string], error) {
	return model.VariationResult[string]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) StringVariation(flagKey string, ctx ffcontext.Context, defaultValue string) (string, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) StringVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue string) (model.VariationResult[string], error) {
	return model.VariationResult[string]{Value: defaultValue}, nil
}

func JSONArrayVariation(flagKey string, ctx ffcontext.Context, defaultValue []any) ([]any, error) {
	return defaultValue, nil
}

func JSONArrayVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue []any) (model.VariationResult[[]any], error) {
	return model.VariationResult[[]any]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) JSONArrayVariation(flagKey string, ctx ffcontext.Context, defaultValue []any) ([]any, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) JSONArrayVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue []any) (model.VariationResult[[]any], error) {
	return model.VariationResult[[]any]{Value: defaultValue}, nil
}

func JSONVariation(flagKey string, ctx ffcontext.Context, defaultValue map[string]any) (map[string]any, error) {
	return defaultValue, nil
}

func JSONVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue map[string]any) (model.VariationResult[map[string]any], error) {
	return model.VariationResult[map[string]any]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) JSONVariation(flagKey string, ctx ffcontext.Context, defaultValue map[string]any) (map[string]any, error) {
	return defaultValue, nil
}

func (g *GoFeatureFlag) JSONVariationDetails(flagKey string, ctx ffcontext.Context, defaultValue map[string]any) (model.VariationResult[map[string]any], error) {
	return model.VariationResult[map[string]any]{Value: defaultValue}, nil
}

func (g *GoFeatureFlag) RawVariation(flagKey string, ctx ffcontext.Context, defaultValue any) (model.RawVarResult, error) {
	return model.RawVarResult{}, nil
}

func GetFlagStates(ctx ffcontext.Context, flagsToEvaluate []string) (AllFlags, error) {
	return AllFlags{}, nil
}

func (g *GoFeatureFlag) GetFlagStates(ctx ffcontext.Context, flagsToEvaluate []string) (AllFlags, error) {
	return AllFlags{}, nil
}

func AllFlagsState(ctx ffcontext.Context) AllFlags { return AllFlags{} }

func (g *GoFeatureFlag) AllFlagsState(ctx ffcontext.Context) AllFlags { return AllFlags{} }

// Track records an event, which is no flag.
func (g *GoFeatureFlag) Track(trackingEventName string, ctx ffcontext.Context, details map[string]any) {
}
