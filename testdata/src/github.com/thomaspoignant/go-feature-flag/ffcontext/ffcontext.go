// Package ffcontext is a stub: the signatures of GO Feature Flag's contexts, without behaviour.
package ffcontext

// Context is whom a flag is evaluated for.
type Context interface{ GetKey() string }
