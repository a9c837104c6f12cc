// Package server is a stub: the signatures of Rollout's server API v4, without behaviour.
package server

import "github.com/rollout/rox-go/v4/core/model"

// Rox registers containers of flags.
type Rox struct{}

func NewRox() *Rox { return &Rox{} }

func (r *Rox) Register(namespace string, roxContainer interface{}) {}

func (r *Rox) RegisterWithEmptyNamespace(roxContainer interface{}) {}

func (r *Rox) DynamicAPI() model.DynamicAPI { return nil }

// RoxFlag is a flag of type bool.
type RoxFlag = model.Flag

func NewRoxFlag(defaultValue bool) RoxFlag { return nil }

// RoxVariant is a flag of type string.
type RoxVariant = model.Variant

func NewRoxVariant(defaultValue string, options []string) RoxVariant { return nil }
