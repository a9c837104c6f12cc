package load

import (
	"context"
	"maps"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Narrower types parts of a listing as programs of their own.
type Narrower struct {
	listing *Listing
	known   func(config, path string) string
	exports []*exports // of each build configuration; what was read once serves all parts
	read    []map[string]bool
}

// Narrow makes a Narrower. Known gives the file with the export data of a package by
// build configuration and import path, where the caller knows it, and "" elsewhere.
func (l *Listing) Narrow(known func(config, path string) string) *Narrower {
	n := &Narrower{listing: l, known: known}
	for range l.graphs {
		n.exports = append(n.exports, newExports())
		n.read = append(n.read, map[string]bool{})
	}
	return n
}

// Load types the packages for which whole holds, and, by their declarations alone
// (Package.Declared), all packages of the listing that these import, directly or not:
// nothing else is among the program's packages. Each call types everything anew, but
// parses no file again. Errors are as those of Load.
func (n *Narrower) Load(ctx context.Context, whole func(*Package) bool) (*Program, error) {
	l := n.listing
	prog := l.Program()
	prog.Packages, prog.listed = nil, l.Packages
	for i, g := range l.graphs {
		part := g.part(whole)
		if err := n.readExports(ctx, i, part.outside); err != nil {
			return nil, configError(g.config, err)
		}
		if err := l.check(ctx, prog, part, n.exports[i]); err != nil {
			return nil, err
		}
	}
	prog.Sources = l.files.sources()
	prog.Errors = distinct(prog.Errors)
	return prog, nil
}

// part is the part of a graph that Load types: copies of its packages, since what was
// typed hangs on them.
func (g *graph) part(whole func(*Package) bool) *graph {
	need := map[*packages.Package]bool{}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if need[p] {
			return
		}
		need[p] = true
		for _, dep := range p.Imports {
			if g.inside[dep] {
				visit(dep)
			}
		}
	}
	for _, p := range g.source {
		if whole(g.packages[p]) {
			visit(p)
		}
	}
	out := &graph{config: g.config, packages: map[*packages.Package]*Package{}, inside: map[*packages.Package]bool{}}
	copies := map[*packages.Package]*packages.Package{}
	outside := map[string]bool{}
	for _, p := range g.source { // dependencies first
		if !need[p] {
			continue
		}
		again := &packages.Package{
			ID: p.ID, Name: p.Name, PkgPath: p.PkgPath, Dir: p.Dir, Errors: slices.Clone(p.Errors), GoFiles: p.GoFiles,
			OtherFiles: p.OtherFiles, IgnoredFiles: p.IgnoredFiles, Module: p.Module, ForTest: p.ForTest,
			Imports: make(map[string]*packages.Package, len(p.Imports)),
		}
		for path, dep := range p.Imports {
			if d := copies[dep]; d != nil {
				again.Imports[path] = d
				continue
			}
			again.Imports[path] = dep
			if path != "unsafe" && dep.Name != "" {
				outside[dep.PkgPath] = true
			}
		}
		copies[p] = again
		out.inside[again] = true
		out.source = append(out.source, again)
		was := g.packages[p]
		out.packages[again] = &Package{
			Package: again, Config: was.Config, Root: was.Root, Main: was.Main, Declared: !whole(was),
			Deps: map[string]*Package{}, imports: again.Imports,
		}
	}
	out.outside = slices.Sorted(maps.Keys(outside))
	return out
}

// readExports reads the export data of paths that was not read yet.
func (n *Narrower) readExports(ctx context.Context, i int, paths []string) error {
	l, g, x := n.listing, n.listing.graphs[i], n.exports[i]
	var ask []string
	for _, path := range paths {
		if n.read[i][path] {
			continue
		}
		n.read[i][path] = true
		if file := n.known(g.config.Name(), path); file == "" || x.read(l.files.fset, path, file) != nil {
			ask = append(ask, path)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	return x.ask(ctx, l.opts, g.config, l.files.fset, ask)
}
