// Package flagref finds the flag references of a package: a helper analyzer whose
// result is a list of References and whose facts carry wrappers, flag objects and
// key constants across packages.
//
// # How it works
//
// Every expression that may become a key, a flag object or an evaluation gets a
// symbolic value (value.go): a constant, a parameter, a field of one, a struct,
// list or map of such, a function, the value of a flag. What a provider knows of
// an SDK's function and what is found of a team's own are both a summary
// (summary.go): the evaluations and overrides it makes, with keys in terms of its
// parameters, and what its results are. A call replaces the parameters by the
// arguments. An evaluation whose key is thereby known is a reference at that call,
// and the way down from there is its Via; one whose key still depends on a
// parameter becomes part of the caller's summary. Callees are summarised before
// callers; recursion is solved by rounds (state.go). What a generated accessor gives of a
// flag that it names itself is a reference where it is called, too.
//
// A function of a dependency that returns the value of a flag which it names itself
// tells its callers of the evaluation as well, since nobody sees the reference there.
//
// Summaries of functions, values of package variables and fields, the fields and
// constants that are keys, and the interface methods that conversions make
// wrappers are facts. They do not depend on the registry. A package cannot see
// what its importers do with its interfaces and constants: a driver that has the
// whole program runs the analyzer again with what the packages told (Extra).
//
// # What it takes for granted
//
// A variable that production code writes once is what it was given, though a test
// or another package could write it. A field whose writers in its package all
// agree holds what they gave. A flag object keeps its key, unless the method that
// changes it says so at the top of its block and gives the object back. An interface whose
// method some implementation makes a wrapper is one, whatever its other
// implementations (mocks, defaults) do. What holds where an evaluation fails is
// no value of a wrapper: returns that only an error leads to are left out.
//
// # What it does not see
//
// Keys that are the result of a computation other than concatenation,
// fmt.Sprintf of strings, and a few functions of package strings. Functions that
// are called through maps of functions, channels or reflection. Flag objects that
// are taken from a container that changes. Structs with more than 512 elements in
// a literal. Strings that merely equal a key, which are no mentions. A function
// whose parameter is a key and that nothing calls with a known one has no
// reference. What reads a variable or field that holds the value of an evaluation is none
// either, but for what a declaration fills (a flag object, an option, a decoded struct):
// Result.Values tells of it. In drivers that see a package at a time, declarations of key
// constants that only importers use, and interfaces that only importers implement.
package flagref
