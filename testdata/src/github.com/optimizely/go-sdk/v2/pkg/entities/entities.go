// Package entities is a stub: the signatures of Optimizely's users, without behaviour.
package entities

// UserContext is whom a flag is evaluated for.
type UserContext struct{ ID string }
