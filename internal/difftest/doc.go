// Package difftest proves the removal engine right by experiment: it generates
// random well-typed Go programs with a flag in every position, removes the flag,
// and holds the program that is left against the one that was: it must compile,
// show the same effects in the same order when the flag was served the value
// that was removed, name the flag nowhere, leave nothing behind that the flag
// alone kept alive, and not change when the flag is removed once more.
//
// A program is known by its seed: Generate(seed) gives the same text for ever
// as long as the generator is not changed.
package difftest
