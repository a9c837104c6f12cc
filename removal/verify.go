package removal

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// typeError is a type error of the result, at a place of the original.
type typeError struct {
	pkg *Package
	err types.Error
}

// verify type-checks, in memory, every package that holds a changed file and
// every package of the program that imports one of those, directly or not,
// under each build configuration. It returns the errors of packages that had
// none before.
func (p *Plan) verify(prog *Program) ([]typeError, error) {
	changed := map[string]*FileEdit{}
	for i := range p.Files {
		changed[p.Files[i].Name] = &p.Files[i]
	}
	v := &verifier{
		prog: prog, changed: changed,
		parsed: map[string]*ast.File{}, checked: map[*Package]*types.Package{}, dirty: map[*Package]bool{}, busy: map[*Package]bool{},
		declared: map[*Package]bool{},
	}
	// The result is parsed into the program's own set of files, so that no two
	// places share a position.
	for name, ed := range changed {
		if ed.After == nil {
			continue
		}
		f, err := parser.ParseFile(prog.Fset, name, ed.After, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("removal: the result does not parse: %w", err)
		}
		v.parsed[name] = f
	}
	all := slices.Concat(prog.Declared, prog.Packages, prog.Outside)
	for _, pkg := range slices.Concat(prog.Declared, prog.Outside) {
		v.declared[pkg] = true
	}
	for _, pkg := range all {
		v.isDirty(pkg)
	}
	for _, pkg := range all {
		if v.dirty[pkg] {
			v.check(pkg)
		}
	}
	return v.errs, nil
}

type verifier struct {
	prog    *Program
	changed map[string]*FileEdit
	parsed  map[string]*ast.File
	checked map[*Package]*types.Package
	dirty   map[*Package]bool
	busy    map[*Package]bool
	// declared are the packages that are checked without the bodies of functions.
	declared map[*Package]bool
	errs     []typeError
}

func (v *verifier) fileName(f *ast.File) string { return v.prog.Fset.File(f.FileStart).Name() }

// isDirty reports whether a package has a changed file or imports one that has.
func (v *verifier) isDirty(pkg *Package) bool {
	if d, ok := v.dirty[pkg]; ok {
		return d
	}
	v.dirty[pkg] = false
	d := false
	for _, f := range pkg.Files {
		if v.changed[v.fileName(f)] != nil {
			d = true
		}
	}
	for _, imp := range pkg.Imports {
		if v.isDirty(imp) {
			d = true
		}
	}
	v.dirty[pkg] = d
	return d
}

// check type-checks one package of the result; unchanged files are taken as they
// were parsed, what is not dirty as it was checked.
func (v *verifier) check(pkg *Package) *types.Package {
	if tp := v.checked[pkg]; tp != nil {
		return tp
	}
	if v.busy[pkg] {
		return pkg.Types
	}
	v.busy[pkg] = true
	var files []*ast.File
	for _, f := range pkg.Files {
		name := v.fileName(f)
		ed := v.changed[name]
		switch {
		case ed == nil:
			files = append(files, f)
		case ed.After != nil:
			files = append(files, v.parsed[name])
		}
	}
	hadErrors := len(pkg.Errors) > 0
	conf := types.Config{
		Importer: &planImporter{v: v, pkg: pkg},
		Error: func(err error) {
			var te types.Error
			if errors.As(err, &te) && !hadErrors {
				v.errs = append(v.errs, typeError{pkg, te})
			}
		},
		Sizes:       pkg.Sizes,
		GoVersion:   pkg.GoVersion,
		FakeImportC: true,

		IgnoreFuncBodies: v.declared[pkg],
	}
	tp, _ := conf.Check(pkg.Path, v.prog.Fset, files, nil)
	v.checked[pkg] = tp
	if len(files) == 0 {
		tp.MarkComplete()
	}
	return tp
}

// planImporter resolves the imports of one package: to the result of packages
// that the plan changes, to what was loaded otherwise.
type planImporter struct {
	v   *verifier
	pkg *Package
}

func (i *planImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if imp := i.pkg.Imports[path]; imp != nil {
		if i.v.dirty[imp] {
			return i.v.check(imp), nil
		}
		return imp.Types, nil
	}
	for _, p := range i.pkg.Types.Imports() {
		if p.Path() == path || strings.HasSuffix(p.Path(), "/vendor/"+path) {
			return p, nil
		}
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// describe renders type errors for a refusal.
func (v typeError) String() string {
	return fmt.Sprintf("%s: %s", v.pkg.ID, v.err.Msg)
}

// sortFiles orders edits by name.
func sortFiles(files []FileEdit) {
	slices.SortFunc(files, func(a, b FileEdit) int { return strings.Compare(filepath.ToSlash(a.Name), filepath.ToSlash(b.Name)) })
}
