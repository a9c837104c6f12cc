// Package model is a stub: the signatures of Rollout's flags v4, without behaviour.
package model

import "github.com/rollout/rox-go/v4/core/context"

// Variant is any flag.
type Variant interface {
	Name() string
	GetDefaultAsString() string
	GetValueAsString(ctx context.Context) string
	GetValue(ctx context.Context) string
}

// Flag is a flag of type bool.
type Flag interface {
	Variant
	IsEnabled(ctx context.Context) bool
	Enabled(ctx context.Context, action func())
	Disabled(ctx context.Context, action func())
}

// DynamicAPI evaluates flags by their full names.
type DynamicAPI interface {
	IsEnabled(name string, defaultValue bool, ctx context.Context) bool
	Value(name string, defaultValue string, options []string, ctx context.Context) string
}
