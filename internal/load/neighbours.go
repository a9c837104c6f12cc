package load

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Neighbours returns the Go files below top that belong to no main module and
// import a package of one, by absolute name, in order. Modules nested in a main
// module, or beside it in the repository, are built with the code that stands here:
// a replace directive or a workspace joins them, and Go lets them see the internal
// packages of the paths above their own. Vendored copies and what the go command
// passes over are not looked into.
func (p *Program) Neighbours(top string) ([]string, error) {
	own := map[string]bool{}
	pkgs := p.Packages
	if p.listed != nil {
		pkgs = p.listed
	}
	for _, pkg := range pkgs {
		if isMain(pkg.Package) {
			own[pkg.PkgPath] = true
		}
	}
	var out []string
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			base := d.Name()
			if name != top && (base == "vendor" || base == "testdata" || base == "node_modules" || base[0] == '.' || base[0] == '_') {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go") || d.Name()[0] == '.' || d.Name()[0] == '_' || p.Sources[name] != nil || p.holds(name):
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(p.Modules, func(m Module) bool { return bytes.Contains(src, []byte(m.Path)) }) && importsAny(name, src, own) {
			out = append(out, name)
		}
		return nil
	})
	return out, err
}

// holds reports whether a file is of a main module itself, not of one nested in it.
func (p *Program) holds(name string) bool {
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		if slices.ContainsFunc(p.Modules, func(m Module) bool { return m.Dir == dir }) {
			return true
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			return false
		}
	}
}

// importsAny reports whether a Go file imports one of the packages.
func importsAny(name string, src []byte, paths map[string]bool) bool {
	f, _ := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
	return f != nil && slices.ContainsFunc(f.Imports, func(im *ast.ImportSpec) bool {
		path, err := strconv.Unquote(im.Path.Value)
		return err == nil && paths[path]
	})
}
