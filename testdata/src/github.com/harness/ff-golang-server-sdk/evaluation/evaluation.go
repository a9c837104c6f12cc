// Package evaluation is a stub: the signatures of Harness' targets, without behaviour.
package evaluation

// Target is whom a flag is evaluated for.
type Target struct{ Identifier string }
