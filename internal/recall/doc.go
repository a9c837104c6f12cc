// Package recall finds flags in a program and runs the rules on it, as a driver of
// analyzers does, and remembers what it found: of a package that is as it was, with
// imports that tell what they told, nothing is parsed, typed or searched again.
//
// # Keys
//
// What is found in a package depends on its files, on what the packages that it imports
// tell of their types and in facts, on the flag systems, and on the program itself and Go: these
// make its key. The key holds for imports what came out of them, not what went in:
// a change of a function's body that changes no fact reaches no importer. Of a package that is
// typed from source that is the text of its declarations without the bodies; of one that is
// not, its module's version, or the texts of its files where these may change.
//
// Nothing in keys and entries names a place of one checkout (Names), so that entries hold
// in all.
//
// The search asks of its surroundings two things besides, which are not in the key but held
// against the answers of before: whether a registry knows a key, and what other
// packages told (flagref.Extra). So do the rules: which rows they asked for, and,
// where one of these has dates, the day.
//
// # Rounds
//
// Packages tell each other of things in packages that they import (flagref.Extra), so
// that the search goes in rounds, as in every driver that has the whole program.
// A package whose search asked for nothing that a round newly tells is not searched again.
//
// # What is passed over
//
// Packages that cannot have to do with flags, as imports and words tell, are neither typed nor
// searched, in programs of some size (Options.PassFrom, look).
//
// # Shards
//
// A run can be of a part of the packages (Shard). It searches what these import too, and
// gives its entries, which a run of all packages can add to its own (Store.Fill). Other parts tell
// of packages what one part does not know; that is held against the answers of before, as always.
//
// # What it gives up
//
// Run gives an error where anything is wrong with the packages, or a file changes
// meanwhile: the caller then loads and analyses the program without it, which tells
// what is wrong. Nothing is kept of such a run.
package recall
