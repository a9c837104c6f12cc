package removal

import (
	"errors"
	"go/token"
)

// Options of a removal.
type Options struct {
	KeepDeclaration bool // leave the declaration for a later release
	Unsafe          bool // also what removal.md calls ExportedAPI and Reflection
}

// Plan is a removal worked out in memory: nothing is written.
type Plan struct {
	Targets []Target
	Files   []FileEdit // changed files, by name
	Residue []Residue
	Notes   []Residue // FlagAsData, ConstantResult: for a person to look at; exit code 0
	Removed []Removed // what went, for the summary
}

// FileEdit is the change to one file.
type FileEdit struct {
	Name   string // absolute
	Before []byte
	After  []byte // nil: the file is deleted
}

// Residue is something that a removal left, and why.
type Residue struct {
	Flag    string
	Pos     token.Position
	Reason  string // a word: dynamic-key, exported-api, generated-file, …
	Message string // what it is, and what to do by hand
}

// Removed is a declaration that a removal deleted.
type Removed struct {
	Kind string // func, method, type, const, var, field, param, test, file …
	Name string
	Pos  token.Position
}

// New works out the removal of the targets from the program. An error means a
// refusal of the whole: nothing can be removed, and the error says why.
func New(prog *Program, targets []Target, opts Options) (*Plan, error) {
	return nil, errors.New("removal: not implemented")
}
