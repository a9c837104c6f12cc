// Package drive runs analyzers on one package, for drivers that decide themselves in
// which order packages are analysed and where facts are kept.
package drive

import (
	"fmt"
	"go/types"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/internal/load"
)

// Unit is a package that analyzers run on.
type Unit struct {
	Package *load.Package
	// Results holds what analyzers have found in it.
	Results map[*analysis.Analyzer]any
	// Provide gives a pass its facts.
	Provide func(*analysis.Pass)
	// ReadFile returns the text of a file as it was parsed.
	ReadFile func(name string) ([]byte, error)
}

// Run runs an analyzer, after those that it requires and of which there is no result.
// An analyzer that panics gives an error: one package that it cannot bear must
// not end a server.
func (u *Unit) Run(a *analysis.Analyzer) (result any, err error) {
	if result, ok := u.Results[a]; ok {
		return result, nil
	}
	needs := make(map[*analysis.Analyzer]any, len(a.Requires))
	for _, r := range a.Requires {
		if needs[r], err = u.Run(r); err != nil {
			return nil, err
		}
	}
	pkg := u.Package
	module := &analysis.Module{}
	if m := pkg.Module; m != nil {
		module = &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax, OtherFiles: pkg.OtherFiles, IgnoredFiles: pkg.IgnoredFiles,
		Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes, TypeErrors: pkg.TypeErrors, Module: module,
		ResultOf: needs, Report: func(analysis.Diagnostic) {},
		ReadFile: u.ReadFile,
	}
	u.Provide(pass)
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, fmt.Errorf("%s: %s: %v (this is a bug of flaglint: please report it)\n%s", pkg.ID, a.Name, r, debug.Stack())
		}
	}()
	if result, err = a.Run(pass); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", pkg.ID, a.Name, err)
	}
	u.Results[a] = result
	return result, nil
}

// Visible reports whether importers can have to do with an object: the checker of
// go/analysis hides the other functions' facts from them, and so must every driver.
func Visible(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Exported() || obj.Signature().Recv() != nil
	case *types.Var, *types.TypeName, *types.Const:
		return true
	}
	return false
}
