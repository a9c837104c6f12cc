// Package types is a stub: the signatures of Harness' types, without behaviour.
package types

// JSON is a JSON value.
type JSON map[string]interface{}
