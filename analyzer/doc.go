// Package analyzer lints feature flags: New makes a Suite of rules from a
// registry and settings, and the Suite gives go/analysis analyzers for any
// driver, and a whole-program phase for a driver that has seen every package.
//
// In a driver that works package by package (go vet, golangci-lint, nogo), use
// Suite.Analyzers: one analyzer a rule, each reporting diagnostics. A driver
// that holds the whole program runs Suite.Collector over every package and gives
// the results to Suite.Finish, which adds the rules that need all packages,
// removes what a package and its test variant both found, and sorts.
//
// A rule is a file: a variable of type Rule, whose documentation comment becomes
// its page in docs/rules, and a function that checks a package or the program.
package analyzer
