// Package load turns package patterns into typed programs. It is the only place
// that knows the go command.
//
// Only the packages of the main modules (all modules of a go.work), of modules
// that a replace directive maps to a directory, and of modules that Options.Through
// names are typed from source; everything else comes from the export data that
// the go command's build cache holds. Nothing of a main module is compiled for
// that: the go command is asked for the package graph first, and then for the
// export data of the imports that leave the graph's source part.
//
// Files that use cgo are typed as written, with the types of C.x unknown, so
// that positions and edits are those of the user's files.
package load
