// Package flagflow tells which code a flag controls. For every place of a package
// that reads a flag it knows the branches on other flags that lead there, what
// each says of its flag's value, and the loop and function that hold it; and it
// lists the branches on flags themselves.
//
// A branch controls its arms; an arm that leaves the list of statements controls
// what follows ("if !on { return }"); the left operand of && and || controls the
// right one; a switch on a variant controls its clauses; a callback that an
// evaluation runs is controlled by it. An unexported function that nothing but
// controlled code calls is controlled too, and so on through calls.
//
// It works on syntax and types alone. What cannot be told is left out: a condition
// in which a flag is one alternative among others controls its arms without saying
// a value, and nothing is said of values after jumps to labels.
package flagflow
