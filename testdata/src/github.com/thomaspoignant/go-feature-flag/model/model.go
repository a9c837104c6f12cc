// Package model is a stub: the signatures of GO Feature Flag's results, without behaviour.
package model

// VariationResult is a value and why it is so.
type VariationResult[T any] struct {
	TrackEvents   bool
	VariationType string
	Failed        bool
	Version       string
	Reason        string
	ErrorCode     string
	ErrorDetails  string
	Value         T
	Cacheable     bool
	Metadata      map[string]any
}

// RawVarResult is a VariationResult of any type.
type RawVarResult struct {
	TrackEvents   bool
	VariationType string
	Failed        bool
	Version       string
	Reason        string
	ErrorCode     string
	ErrorDetails  string
	Value         any
	Cacheable     bool
	Metadata      map[string]any
}
