// Package registry holds flags as registries declare them, with positions, and
// the policy of their lifecycle as pure functions of a date.
package registry
