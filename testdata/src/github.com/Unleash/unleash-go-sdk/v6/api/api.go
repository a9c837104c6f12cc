// Package api is a stub: the signatures of Unleash's API types v6, without behaviour.
package api

// Variant is what a user gets.
type Variant struct {
	Name           string
	Payload        Payload
	Enabled        bool
	FeatureEnabled bool
}

// Payload is what a variant carries.
type Payload struct{ Type, Value string }
