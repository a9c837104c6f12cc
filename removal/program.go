package removal

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// Program is what a removal works on: every package from which the flag can be
// seen, test variants included, under every build configuration asked for.
// All packages share one FileSet, and a file that several packages hold (a
// package and its test variant, two build configurations) is parsed once: the
// same *ast.File stands in each of them. An object is known by the position of
// its declaration, which is thereby the same in all of them.
type Program struct {
	Fset     *token.FileSet
	Packages []*Package
	// Declared are packages of the same modules that are typed by their declarations
	// alone, because what the program holds needs them or they need it: no file of
	// them is changed, but the result is type-checked with them. What the removal asks
	// of them beyond that is in Plan.Wanted.
	Declared []*Package
	// Outside are packages of other modules that import one of these packages: the
	// result is type-checked with them, so that no type of it exists twice.
	Outside []*Package
	// Rest tells of the packages of the modules that the program does not hold, nil
	// where there are none.
	Rest *Rest
	// Sources holds the bytes that each Go file was parsed from, by absolute name.
	Sources map[string][]byte
	// ModuleDirs are the absolute directories of the modules whose code may be edited.
	Modules []Module
}

// Rest is what must be known of code of the same modules that a program leaves out.
type Rest struct {
	// Names reports whether such code may name something that a package declares
	// at package level, or a method of a type of it.
	Names func(pkg, name string) bool
	// Templates says that such code uses text or HTML templates.
	Templates bool
}

// Module is a module whose code may be edited.
type Module struct {
	Path string
	Dir  string // absolute
}

// Package is one type-checked package, or test variant of one, in one build
// configuration.
type Package struct {
	ID      string // as the go command names it, e.g. "p [p.test]"
	Path    string // import path; of a test variant that of the package
	Name    string
	Module  string // path of its module
	ForTest string // import path of the package under test, for test variants
	Config  string // name of the build configuration, empty for the default

	Files []*ast.File // parsed from Program.Sources
	Types *types.Package
	Info  *types.Info
	Sizes types.Sizes
	// GoVersion is the language version, as go/types takes it ("go1.26"); empty: the newest.
	GoVersion string
	// Errors are the type errors that stood before the removal.
	Errors []error
	// Refs are the flag references of the package.
	Refs *flagref.Result
	// Imports are the packages of Program, whichever list holds them, that this one
	// imports, by import path.
	Imports map[string]*Package
}

// Target is a flag to remove and the value that it gives from now on.
type Target struct {
	Key   string
	Value registry.Value
}
