package load

import (
	"context"
	"fmt"
	"go/types"
	"iter"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"
)

// Typer types packages of a listing one by one, as somebody asks for them. Of what a
// package imports it makes the types too, without the bodies of functions. A file
// is let go when every package that holds it was asked for.
type Typer struct {
	listing *Listing
	known   func(config, path string) string

	// lock is held for reading while types are made and looked at, and for writing
	// while export data is read, which adds to packages that others look at.
	lock    sync.RWMutex
	configs map[string]*typing

	mu      sync.Mutex // of what follows
	byTypes map[*types.Package]*Package
	holders map[string]int // of a file: packages that were not asked for yet, and those in hand
	asked   map[*Package]bool
	work    Work
}

// Work counts what was done.
type Work struct {
	Source     int // packages typed from source with the bodies of functions
	Signatures int // packages typed from source without
	Exports    int // packages read from export data
	Lists      int // questions to the go command for export data
}

// typing is the part of a Typer for one build configuration.
type typing struct {
	*checker
	files   map[string]string // of export data, by path; nil: not asked for
	read    map[string]bool
	started map[*packages.Package]bool // its export data, and that of all it imports, is read
	lazy    map[*packages.Package]*lazyNode
}

// lazyNode is a package that importers see.
type lazyNode struct {
	once sync.Once
	node *node
}

// Typer makes a Typer. Known gives the file with the export data of a package by
// build configuration and import path, where the caller knows it, and "" elsewhere.
func (l *Listing) Typer(known func(config, path string) string) (*Typer, error) {
	t := &Typer{listing: l, known: known, configs: map[string]*typing{}, byTypes: map[*types.Package]*Package{}, holders: map[string]int{}, asked: map[*Package]bool{}}
	for _, g := range l.graphs {
		sizes, err := sizesFor(l.opts, g.config)
		if err != nil {
			return nil, err
		}
		c := &typing{
			checker: &checker{graph: g, files: l.files, exports: newExports(), sizes: sizes, opts: l.opts, nodes: map[*packages.Package]*node{}},
			read:    map[string]bool{}, started: map[*packages.Package]bool{}, lazy: map[*packages.Package]*lazyNode{},
		}
		for _, p := range g.source {
			c.lazy[p] = &lazyNode{}
			for _, name := range p.GoFiles {
				t.holders[name]++
			}
		}
		t.configs[g.config.Name()] = c
	}
	return t, nil
}

// Prepare reads all export data that packages can need, at once. What they import from
// source must be among them.
func (t *Typer) Prepare(ctx context.Context, pkgs []*Package) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	for config, c := range t.configs {
		if c.files == nil && (c.graph.config.GOOS != "" || c.graph.config.GOARCH != "") {
			// As in readExports: it refuses what cannot be built for.
			if err := t.ask(ctx, c); err != nil {
				return configError(c.graph.config, err)
			}
		}
		needs := map[string]bool{}
		for _, p := range pkgs {
			if p.Config == config {
				c.started[p.Package] = true
				for path := range p.exports() {
					needs[path] = true
				}
			}
		}
		if err := t.readAll(ctx, c, slices.Sorted(maps.Keys(needs))); err != nil {
			return err
		}
	}
	return nil
}

// Do types a package with the bodies of its functions and calls f with it. The syntax and the
// types' information of the package hold during the call; its objects hold after.
func (t *Typer) Do(ctx context.Context, p *Package, f func(*Package) error) error {
	c := t.configs[p.Config]
	if err := t.start(ctx, c, p); err != nil {
		return err
	}
	t.lock.RLock()
	defer t.lock.RUnlock()
	t.hold(p)
	n := t.full(c, p)
	defer t.release(n.pkg)
	return f(n.pkg)
}

// start reads the export data that typing a package takes.
func (t *Typer) start(ctx context.Context, c *typing, p *Package) error {
	t.mu.Lock()
	var paths []string
	var todo []*packages.Package
	var visit func(p *Package)
	seen := map[*Package]bool{}
	visit = func(p *Package) {
		if c.started[p.Package] || seen[p] {
			return
		}
		seen[p] = true
		todo = append(todo, p.Package)
		paths = slices.AppendSeq(paths, p.exports())
		for _, dep := range p.Deps {
			visit(dep)
		}
	}
	visit(p)
	t.mu.Unlock()
	if len(todo) == 0 {
		return nil
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	slices.Sort(paths)
	if err := t.readAll(ctx, c, slices.Compact(paths)); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range todo {
		c.started[p] = true
	}
	return nil
}

// exports are the paths of the packages whose export data typing this one takes.
func (p *Package) exports() iter.Seq[string] {
	return func(yield func(string) bool) {
		for path, dep := range p.Outside() {
			if path != "unsafe" && dep.Name != "" && !yield(dep.PkgPath) {
				return
			}
		}
	}
}

// readAll reads the export data of paths. The lock must be held.
func (t *Typer) readAll(ctx context.Context, c *typing, paths []string) error {
	for _, path := range paths {
		if c.read[path] {
			continue
		}
		if c.files == nil {
			if file := t.known(c.graph.config.Name(), path); file != "" && c.exports.read(c.checker.files.fset, path, file) == nil {
				c.read[path] = true
				t.work.Exports++
				continue
			}
			if err := t.ask(ctx, c); err != nil {
				return configError(c.graph.config, err)
			}
		}
		c.read[path] = true
		t.work.Exports++
		if c.files[path] == "" {
			continue
		}
		if err := c.exports.read(c.checker.files.fset, path, c.files[path]); err != nil {
			c.exports.errs[path] = err
		}
	}
	return nil
}

// ask asks the go command for all export data of a build configuration.
func (t *Typer) ask(ctx context.Context, c *typing) error {
	paths := c.graph.outside
	if c.graph.config.GOOS != "" || c.graph.config.GOARCH != "" {
		paths = append(slices.Clip(paths), "unsafe") // as in readExports
	}
	c.files = map[string]string{}
	if len(paths) == 0 {
		return nil
	}
	t.work.Lists++
	pkgs, err := listExports(ctx, t.listing.opts, c.graph.config, paths)
	if err != nil {
		return err
	}
	for _, p := range pkgs {
		c.files[p.PkgPath] = p.ExportFile
		if p.ExportFile == "" {
			c.exports.errs[p.PkgPath] = notBuilt(p)
		}
	}
	return nil
}

// Parse gives a package with its syntax alone; it refuses one with errors.
func (t *Typer) Parse(p *Package) (*packages.Package, error) {
	parsed := *p.Package
	parsed.Fset = t.listing.files.fset
	for _, name := range p.GoFiles {
		f, errs := t.listing.files.parse(name)
		if len(errs) > 0 {
			return nil, errs[0]
		}
		parsed.Syntax = append(parsed.Syntax, f)
	}
	return &parsed, nil
}

// Pass says that nobody asks for a package: its files are let go when all others that hold
// them were asked for. Somebody can ask all the same.
func (t *Typer) Pass(p *Package) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asked[p] {
		return
	}
	t.asked[p] = true
	for _, name := range p.GoFiles {
		t.holders[name]--
	}
}

// full types a package with the bodies of functions. Importers see these types where
// they have not seen others yet.
func (t *Typer) full(c *typing, p *Package) *node {
	t.imports(c, p)
	lazy := c.lazy[p.Package]
	var n *node
	lazy.once.Do(func() {
		n = t.make(c, p, true)
		lazy.node = n
		t.mu.Lock()
		c.checker.nodes[p.Package] = n
		t.mu.Unlock()
	})
	if n == nil {
		n = t.make(c, p, true)
	}
	return n
}

// imports sees to it that all imports of a package are typed.
func (t *Typer) imports(c *typing, p *Package) {
	for _, dep := range p.Deps {
		lazy := c.lazy[dep.Package]
		lazy.once.Do(func() {
			t.imports(c, dep)
			n := t.make(c, dep, false)
			n.pkg.Syntax, n.pkg.TypesInfo = nil, nil
			lazy.node = n
			t.mu.Lock()
			c.checker.nodes[dep.Package] = n
			for _, name := range dep.GoFiles {
				if t.holders[name] <= 0 {
					t.listing.files.drop(name)
				}
			}
			t.mu.Unlock()
		})
	}
}

// make types a package whose imports are typed.
func (t *Typer) make(c *typing, p *Package, bodies bool) *node {
	typed := *p.Package
	typed.Errors, typed.TypeErrors = slices.Clone(p.Errors), nil
	n := &node{pkg: &Package{Package: &typed, Config: p.Config, Root: p.Root, Main: p.Main, Deps: p.Deps, imports: p.imports}}
	// The checker reads its nodes while others are added: it gets those that it needs.
	own := *c.checker
	own.nodes = make(map[*packages.Package]*node, len(p.Deps))
	t.mu.Lock()
	for _, dep := range p.Deps {
		own.nodes[dep.Package] = c.checker.nodes[dep.Package]
	}
	t.mu.Unlock()
	own.types(n, bodies)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byTypes[n.pkg.Types] = p
	if bodies {
		t.work.Source++
	} else {
		t.work.Signatures++
	}
	return n
}

// hold keeps the files of a package until release.
func (t *Typer) hold(p *Package) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asked[p] {
		for _, name := range p.GoFiles {
			t.holders[name]++
		}
	}
	t.asked[p] = true
}

// release lets go of what only the bodies of functions need.
func (t *Typer) release(p *Package) {
	p.Syntax, p.TypesInfo = nil, nil
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range p.GoFiles {
		if t.holders[name]--; t.holders[name] <= 0 {
			t.listing.files.drop(name)
		}
	}
}

// Of returns the package whose types these are, nil where they come from export data.
func (t *Typer) Of(p *types.Package) *Package {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byTypes[p]
}

// Source is the text that a file was parsed from, while a package is typed that holds it.
func (t *Typer) Source(name string) ([]byte, error) {
	if src := t.listing.files.source(name); src != nil {
		return src, nil
	}
	return nil, fmt.Errorf("%s: is no file of the package", name)
}

// Work returns what was done until now.
func (t *Typer) Work() Work {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.work
}

// ExportFiles are the files with export data that the go command named, by import path;
// nil where it was not asked.
func (t *Typer) ExportFiles(config string) map[string]string {
	return maps.Clone(t.configs[config].files)
}
