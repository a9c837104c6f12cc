// Package lduser is a stub: the signatures of LaunchDarkly's users, without behaviour.
package lduser

// User is whom a flag is evaluated for.
type User struct{}
