// Package testrun runs tests in a copy of the user's modules: as they are, and
// with files changed. Nothing is written outside of the copy.
//
// The copy holds real copies of the files, never links to them: a test may
// rewrite its golden files, and would write through a hard link. Where the file
// system can share blocks between files, the kernel does so.
package testrun
