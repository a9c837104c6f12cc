package load

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// checker types the source packages of one build configuration.
type checker struct {
	graph   *graph
	files   *parseCache
	exports *exports
	sizes   types.Sizes
	opts    Options
	nodes   map[*packages.Package]*node
	limit   chan struct{}
}

// node is a package on its way to be typed.
type node struct {
	pkg  *Package
	done chan struct{}
	errs []Error
}

// run types all source packages, each once its dependencies are, and returns
// them dependencies first.
func (c *checker) run() ([]*Package, []Error) {
	n := c.opts.Parallel
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	c.limit = make(chan struct{}, n)
	c.nodes = make(map[*packages.Package]*node, len(c.graph.source))
	for _, p := range c.graph.source {
		c.nodes[p] = &node{done: make(chan struct{}), pkg: c.graph.packages[p]}
	}
	var wg sync.WaitGroup
	for _, p := range c.graph.source {
		wg.Go(func() {
			c.check(c.nodes[p])
		})
	}
	wg.Wait()

	var pkgs []*Package
	var errs []Error
	for _, p := range c.graph.source {
		n := c.nodes[p]
		// The imports that a go/analysis driver follows.
		sound := map[string]*packages.Package{}
		for path, dep := range n.pkg.Deps {
			if dep.Sound() {
				sound[path] = dep.Package
			}
		}
		n.pkg.imports, n.pkg.errs = p.Imports, n.errs
		p.Imports = sound
		pkgs = append(pkgs, n.pkg)
		errs = append(errs, n.errs...)
	}
	return pkgs, errs
}

func (c *checker) check(n *node) {
	defer close(n.done)
	p := n.pkg.Package
	for path, dep := range p.Imports {
		if d, ok := c.nodes[dep]; ok {
			<-d.done
			n.pkg.Deps[path] = d.pkg
		}
	}
	c.limit <- struct{}{}
	defer func() { <-c.limit }()
	c.types(n, !n.pkg.Declared)
}

// types types a package whose imports are typed, with the bodies of its functions or
// without.
func (c *checker) types(n *node, bodies bool) {
	p := n.pkg.Package
	imports := maps.Clone(p.Imports)
	var cgo bool
	for _, name := range p.GoFiles {
		f, errs := c.files.parse(name)
		n.errs = append(n.errs, errs...)
		if f != nil {
			p.Syntax = append(p.Syntax, f)
			cgo = cgo || slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` })
		}
	}
	syntaxErrors := len(n.errs) > 0
	p.CompiledGoFiles = p.GoFiles
	p.Fset = c.files.fset
	p.TypesSizes = c.sizes
	p.TypesInfo = &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	unsound := len(p.Errors) > 0 || syntaxErrors
	conf := &types.Config{
		Importer:         &importer{checker: c, imports: imports},
		Sizes:            c.sizes,
		FakeImportC:      cgo,
		IgnoreFuncBodies: !bodies,
		Error: func(err error) {
			unsound = true
			te, ok := err.(types.Error)
			if !ok {
				n.errs = append(n.errs, Error{Package: p.PkgPath, Message: err.Error()})
				return
			}
			p.TypeErrors = append(p.TypeErrors, te)
			// A syntax error is the one to mend; an import that fails has been
			// told by the go command.
			// A line that begins with a tab continues the one before.
			if syntaxErrors || strings.HasPrefix(te.Msg, "\t") || strings.HasPrefix(te.Msg, "could not import ") && strings.Contains(te.Msg, errTold.Error()) {
				return
			}
			pos := te.Fset.Position(te.Pos)
			n.errs = append(n.errs, Error{Package: p.PkgPath, File: pos.Filename, Line: pos.Line, Column: pos.Column, Message: oneLine(te.Msg)})
		},
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		conf.GoVersion = "go" + p.Module.GoVersion
	}
	p.Types = types.NewPackage(p.PkgPath, p.Name)
	// Errors reach conf.Error.
	if err := types.NewChecker(conf, c.files.fset, p.Types, p.TypesInfo).Files(p.Syntax); err != nil && !unsound {
		unsound = true
		n.errs = append(n.errs, Error{Package: p.PkgPath, Message: oneLine(err.Error())})
	}
	p.IllTyped = unsound
	for _, e := range n.errs {
		p.Errors = append(p.Errors, packages.Error{Pos: fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Column), Msg: e.Message, Kind: packages.TypeError})
	}
}

// errTold stands for an import that the go command could not resolve, which is
// among the errors already.
var errTold = fmt.Errorf("not found by the go command")

// importer resolves the imports of one package.
type importer struct {
	checker *checker
	imports map[string]*packages.Package
}

// Import returns the package that path means in the importing package.
func (i *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	dep, ok := i.imports[path]
	if !ok {
		return nil, errTold
	}
	if n, ok := i.checker.nodes[dep]; ok {
		return n.pkg.Types, nil
	}
	if dep.Name == "" || len(dep.GoFiles) == 0 && len(dep.Errors) > 0 {
		return nil, errTold
	}
	if err := i.checker.exports.errs[dep.PkgPath]; err != nil {
		return nil, err
	}
	if p := i.checker.exports.packages[dep.PkgPath]; p != nil && p.Complete() {
		return p, nil
	}
	return nil, fmt.Errorf("no export data")
}
