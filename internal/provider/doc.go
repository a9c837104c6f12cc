// Package provider holds what is known of each flag SDK, as data, and matches it
// against types: built-in YAML files and the `providers:` of a configuration
// become Specs, and a Set of Specs answers for a *types.Func, a field or a type
// whether, and how, using it evaluates, declares or sets a flag.
package provider
