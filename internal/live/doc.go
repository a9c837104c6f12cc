// Package live keeps a loaded program and what the rules find in it up to date
// while its files change, for the language server. It finds what `flaglint check`
// finds.
//
// Load asks the go command once. Edit takes over what files hold now and marks what
// has to be typed and analysed again: the packages that hold them and, behind
// these, all that import them. Refresh does so, for some files or for all, in the order of the
// imports. What one package tells others (facts, flagref.Extra) is kept by package,
// so that the analysis of one asks no other to run again. Findings puts together
// what is known.
//
// A Program is for one goroutine at a time.
package live
