// Package report renders what flaglint found, lists and removed: one file a
// format. Nothing here prints; every format writes to the writer it is given.
package report
