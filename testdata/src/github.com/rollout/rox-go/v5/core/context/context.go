// Package context is a stub: the signatures of Rollout's contexts v5, without behaviour.
package context

// Context carries properties of a user.
type Context interface{ Get(key string) interface{} }
