// Package optimizelyjson is a stub: the signatures of Optimizely's JSON, without behaviour.
package optimizelyjson

// OptimizelyJSON is a JSON value.
type OptimizelyJSON struct{}
