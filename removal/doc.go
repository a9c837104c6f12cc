// Package removal removes a feature flag from a Go program: it replaces the
// flag's evaluations by the value that everyone gets, and takes away what that
// kills.
package removal
