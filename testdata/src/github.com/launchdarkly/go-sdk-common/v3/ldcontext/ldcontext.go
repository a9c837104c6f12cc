// Package ldcontext is a stub: the signatures of LaunchDarkly's contexts, without behaviour.
package ldcontext

// Context is whom a flag is evaluated for.
type Context struct{}
