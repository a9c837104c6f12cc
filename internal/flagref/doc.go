// Package flagref finds the flag references of a package: a helper analyzer whose
// result is a list of References and whose facts carry wrappers, flag objects and
// key constants across packages.
package flagref
