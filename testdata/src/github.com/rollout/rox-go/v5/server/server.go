// Package server is a stub: the signatures of Rollout's server API v5, without behaviour.
package server

import "github.com/rollout/rox-go/v5/core/model"

// Rox registers containers of flags.
type Rox struct{}

func NewRox() *Rox { return &Rox{} }

func (r *Rox) Register(namespace string, roxContainer interface{}) {}

func (r *Rox) RegisterWithEmptyNamespace(roxContainer interface{}) {}

func (r *Rox) DynamicAPI() model.DynamicAPI { return nil }

// RoxFlag is a flag of type bool.
type RoxFlag = model.Flag

func NewRoxFlag(defaultValue bool) RoxFlag { return nil }

// RoxString is a flag of type string.
type RoxString = model.RoxString

func NewRoxString(defaultValue string, options []string) RoxString { return nil }

// RoxInt is a flag of type int.
type RoxInt = model.RoxInt

func NewRoxInt(defaultValue int, options []int) RoxInt { return nil }

// RoxDouble is a flag of type float64.
type RoxDouble = model.RoxDouble

func NewRoxDouble(defaultValue float64, options []float64) RoxDouble { return nil }
