// Package context is a stub: the signatures of Rollout's contexts v6, without behaviour.
package context

// Context carries properties of a user.
type Context interface{ Get(key string) interface{} }
