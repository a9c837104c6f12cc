// Package removal removes a feature flag from a Go program: it replaces the
// flag's evaluations by the value that everyone gets, and takes away what that
// kills.
//
// # How data flows through
//
// New takes a Program: typed packages, test variants and build configurations
// among them, that share one FileSet and one syntax tree a file, with the flag
// references of each. Nothing is ever edited in place and nothing is type-checked
// again while the removal is worked out. Instead every decision hangs on a node of
// the original syntax (decision.go): this statement goes, that expression becomes a
// literal or one of its operands, this if becomes the statements of its arm.
//
// The engine (engine.go) works in rounds. A round walks every function that the
// flag is known to reach, as an interpreter over constants would (walker.go,
// statement.go, control.go, fold.go): it knows what each variable holds at each
// place, folds, prunes, and leaves alone what was constant without the flag. Then
// it finds the variables that nothing reads any more (locals.go) and settles what
// assigned them. From the outcome it learns facts about the whole program
// (learn.go, params.go, fields.go, graph.go): functions that now always return the
// same, parameters and fields that only ever hold the flag's value, declarations
// that nothing needs any more. Facts only grow, and each round decides everything
// anew from them, so that the rounds end and their order does not matter. The tests
// of the removed state follow in the same way (tests*.go).
//
// When no round changes anything, scopes are settled (scope.go), and each touched
// file is rendered from pieces of its original text (emit.go); bytes outside of
// what changed stay as they are. The result is parsed and type-checked in memory,
// importers and tests included, under every build configuration (verify.go). Where
// that fails, the smallest part that can be behind it is given up, listed as
// residue, and the removal is worked out again. Plan.Apply (apply.go) writes all
// files or none.
//
// The program may be a part of the modules (Program.Declared, Program.Rest). Then the
// plan holds as far as the claims do that it makes of the rest (Plan.Claims), which the caller
// has to check (package reach).
//
// # What is promised
//
//   - The result compiles wherever the program did.
//   - Every execution in which the flag's evaluations give the value without an
//     error is an execution of the result, but for the evaluation itself. Calls,
//     receives and assignments that ran still run, in order; what did not run does
//     not. Four things do not count as effects: a run-time panic of an index,
//     a division or a dereference in an operand that is dropped, what an import
//     does at start-up whose last use is dropped, what a constructor
//     does to make a client that is asked for the flag alone, and what
//     another module does to make an error of constants for a package variable.
//   - The flag is evaluated nowhere and named nowhere, except where Plan.Residue or
//     Plan.Notes say so.
//   - What only the flag kept alive is gone: locals, imports, unexported functions,
//     types, constants, variables, fields, parameters, whole files, and exported
//     ones that only a main package or an internal tree can see. What was unused
//     before stays.
//   - Generated and vendored files are never edited.
//   - The same input gives the same bytes, and a second run changes nothing.
//
// Where one of these cannot be kept, the place is refused and told, with the reason
// and what to do by hand. The hazards that a removal must get right each have a case
// of their name in testdata/cases.
package removal
