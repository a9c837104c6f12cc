package load

import (
	"bytes"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Edit takes over what files hold now, by absolute name, for programs that stay in
// memory (a language server): the packages to type again with Recheck are those
// that hold one of the files, and what imports them. It reports whether the go
// command should be asked anew, because what it told may be no longer true: for files
// that the program does not hold, which are passed over, for another package
// clause, build constraint or import of a package that the program does not know,
// and for packages that the go command itself complained about.
func (p *Program) Edit(files map[string][]byte) (ask bool) {
	for name, src := range files {
		before, ok := p.Sources[name]
		if !ok {
			ask = true
			continue
		}
		was, is := readHeader(name, before), readHeader(name, src)
		if was.name != is.name || !slices.Equal(was.constraints, is.constraints) {
			ask = true
		}
		for _, pkg := range p.Packages {
			if slices.Contains(pkg.GoFiles, name) && (pkg.toldByGo() || !p.resolves(pkg, is.imports)) {
				ask = true
			}
		}
		p.Sources[name] = src
		p.checkers[0].files.replace(name, src) // they share it
	}
	return ask
}

// toldByGo reports whether the go command complained about the package.
func (p *Package) toldByGo() bool {
	return slices.ContainsFunc(p.Errors, func(e packages.Error) bool { return e.Kind != packages.TypeError })
}

// checker returns what typed the package.
func (p *Program) checker(pkg *Package) *checker {
	i := slices.IndexFunc(p.checkers, func(c *checker) bool { return c.graph.config.Name() == pkg.Config })
	return p.checkers[i]
}

// resolves reports whether a package can import the paths: it does already, or
// they name packages whose export data was read.
func (p *Program) resolves(pkg *Package, paths []string) bool {
	exports := p.checker(pkg).exports
	return !slices.ContainsFunc(paths, func(path string) bool {
		if path == "C" || path == "unsafe" || pkg.imports[path] != nil {
			return false
		}
		t := exports.packages[path]
		return t == nil || !t.Complete()
	})
}

// Recheck types a package again, from its files as Edit left them, and returns what
// takes its place in the program. Its imports are the program's packages as they are
// now, so that those which changed have to be typed before it.
func (p *Program) Recheck(old *Package) *Package {
	from := p.checker(old)
	again := &packages.Package{
		ID: old.ID, Name: old.Name, PkgPath: old.PkgPath, Dir: old.Dir, GoFiles: old.GoFiles,
		OtherFiles: old.OtherFiles, IgnoredFiles: old.IgnoredFiles, Module: old.Module, ForTest: old.ForTest,
		Imports: map[string]*packages.Package{},
	}
	for path, dep := range old.imports {
		again.Imports[path] = dep
	}
	c := &checker{
		graph: from.graph, files: from.files, exports: from.exports, sizes: from.sizes, opts: from.opts,
		nodes: map[*packages.Package]*node{}, limit: make(chan struct{}, 1),
	}
	done := make(chan struct{})
	close(done)
	for path, dep := range old.Deps {
		now := p.current(dep)
		again.Imports[path] = now.Package
		c.nodes[now.Package] = &node{pkg: now, done: done}
	}
	for _, name := range again.GoFiles {
		f, _ := c.files.parse(name)
		if f == nil {
			continue
		}
		for _, im := range f.Imports {
			path, err := strconv.Unquote(im.Path.Value)
			if err != nil || again.Imports[path] != nil {
				continue
			}
			if t := c.exports.packages[path]; t != nil {
				again.Imports[path] = &packages.Package{ID: path, PkgPath: path, Name: t.Name(), GoFiles: []string{""}}
			}
		}
	}
	n := &node{done: make(chan struct{}), pkg: &Package{
		Package: again, Config: old.Config, Root: old.Root, Main: old.Main, Deps: map[string]*Package{},
	}}
	c.check(n)
	n.pkg.imports, n.pkg.errs = again.Imports, n.errs
	again.Imports = map[string]*packages.Package{}
	for path, dep := range n.pkg.Deps {
		if dep.Sound() {
			again.Imports[path] = dep.Package
		}
	}
	p.Packages[slices.Index(p.Packages, p.current(old))] = n.pkg
	return n.pkg
}

// current returns the package that has taken the place of one, or the same.
func (p *Program) current(pkg *Package) *Package {
	i := slices.IndexFunc(p.Packages, func(q *Package) bool { return q.ID == pkg.ID && q.Config == pkg.Config })
	return p.Packages[i]
}

// Forget gives up the positions of syntax that Edit replaced: what was typed before
// the edits must be of no use any more.
func (p *Program) Forget() {
	p.checkers[0].files.forget()
}

// Broken reports whether a package has errors, or the go command told of any that
// is in no package.
func (p *Program) Broken() bool {
	inPackages := false
	for _, pkg := range p.Packages {
		if !pkg.Sound() {
			return true
		}
		inPackages = inPackages || len(pkg.errs) > 0
	}
	return slices.ContainsFunc(p.checkers, func(c *checker) bool { return len(c.graph.errs) > 0 }) || inPackages
}

// header is what the go command reads of a file.
type header struct {
	name        string // of the package
	imports     []string
	constraints []string
}

func readHeader(name string, src []byte) header {
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly|parser.ParseComments|parser.SkipObjectResolution)
	var h header
	if f == nil || f.Name == nil {
		return h
	}
	h.name = f.Name.Name
	for _, im := range f.Imports {
		// A path that is being written is no import yet.
		if path, uerr := strconv.Unquote(im.Path.Value); uerr == nil && (err == nil || path != "") {
			h.imports = append(h.imports, path)
		}
	}
	for _, group := range f.Comments {
		if group.Pos() > f.Package {
			break
		}
		for _, c := range group.List {
			if constraint.IsGoBuild(c.Text) || constraint.IsPlusBuild(c.Text) {
				h.constraints = append(h.constraints, strings.TrimSpace(c.Text))
			}
		}
	}
	if bytes.Contains(src, []byte(`"C"`)) && slices.ContainsFunc(f.Imports, func(im *ast.ImportSpec) bool { return im.Path.Value == `"C"` }) {
		h.constraints = append(h.constraints, "cgo")
	}
	return h
}
