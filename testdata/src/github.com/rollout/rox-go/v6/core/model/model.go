// Package model is a stub: the signatures of Rollout's flags v6, without behaviour.
package model

import "github.com/rollout/rox-go/v6/core/context"

// Variant is any flag.
type Variant interface {
	Name() string
	GetDefaultAsString() string
	GetValueAsString(ctx context.Context) string
}

// Flag is a flag of type bool.
type Flag interface {
	Variant
	IsEnabled(ctx context.Context) bool
	Enabled(ctx context.Context, action func())
	Disabled(ctx context.Context, action func())
}

// RoxString is a flag of type string.
type RoxString interface {
	Variant
	GetValue(ctx context.Context) string
}

// RoxInt is a flag of type int.
type RoxInt interface {
	Variant
	GetValue(ctx context.Context) int
}

// RoxDouble is a flag of type float64.
type RoxDouble interface {
	Variant
	GetValue(ctx context.Context) float64
}

// DynamicAPI evaluates flags by their full names.
type DynamicAPI interface {
	IsEnabled(name string, defaultValue bool, ctx context.Context) bool
	Value(name string, defaultValue string, options []string, ctx context.Context) string
	GetInt(name string, defaultValue int, options []int, ctx context.Context) int
	GetDouble(name string, defaultValue float64, options []float64, ctx context.Context) float64
}
