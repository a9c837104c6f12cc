package recall

import (
	"context"
	"errors"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
)

// ExportFile gives the file with the export data of a package by build configuration
// and import path, where it is known and still there, and "" elsewhere.
func (r *Result) ExportFile(config, path string) string {
	if r.exports == nil {
		r.exports = map[string]map[string]string{}
	}
	files, ok := r.exports[config]
	if !ok {
		files = r.runner.typer.ExportFiles(config)
		r.exports[config] = files
	}
	if file := files[path]; file != "" {
		return file
	}
	return r.runner.exportFile(config, path)
}

// Unregistered reports whether a package asks for a key that would be a flag's if a
// registry had it: an environment variable, an option of the command line.
func (r *Result) Unregistered(key string) bool {
	return slices.ContainsFunc(r.runner.all, func(u *unit) bool {
		return u.own && u.used != nil && u.used.Asked.Unregistered(key)
	})
}

// bare are the units of which it is known that they hold no reference.
func (r *Result) bare() map[*unit]bool {
	var roots []*unit
	for _, u := range r.runner.all {
		if u.pkg.Root {
			roots = append(roots, u)
		}
	}
	out := map[*unit]bool{}
	if len(roots) != len(r.Packages) {
		return out // a shard's
	}
	for i, u := range roots {
		out[u] = len(r.Packages[i].Sites) == 0
	}
	return out
}

// Search finds the references of the packages of a part of the program, with their syntax,
// for those who need that: the packages that are typed with the bodies of functions, by
// what is known of those that they import. Packages without any reference are not
// searched again, and have no result. The part is one of the listing that the result is of.
func (r *Result) Search(ctx context.Context, part *load.Program) (map[*packages.Package]*flagref.Result, error) {
	run := r.runner
	byName := map[string]*unit{}
	for _, u := range run.all {
		byName[u.name] = u
	}
	bare := r.bare()
	units := map[*types.Package]*unit{}
	var whole []*load.Package
	for _, p := range part.Packages {
		units[p.Types] = byName[unitName(p)]
		if !p.Declared && !bare[units[p.Types]] {
			whole = append(whole, p)
		}
	}
	unitOf := func(pkg *types.Package) *unit { return units[pkg] }
	refs := map[*packages.Package]*flagref.Result{}
	var mu sync.Mutex
	var failed error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		failed = errors.Join(failed, err)
	}
	err := drive.Each(ctx, len(whole), func(int) []int { return nil }, func(i int) {
		p := whole[i]
		own := drive.NewFacts()
		unit := drive.Unit{
			Package: p, Results: map[*analysis.Analyzer]any{},
			ReadFile: func(name string) ([]byte, error) { return part.Sources[name], nil },
			Provide:  func(pass *analysis.Pass) { run.provide(pass, own, nil, unitOf, fail) },
		}
		found, err := unit.Run(run.Suite.References())
		if err != nil {
			fail(err)
			return
		}
		result := found.(*flagref.Result)
		run.place(result.References)
		mu.Lock()
		defer mu.Unlock()
		refs[p.Package] = result
	})
	return refs, errors.Join(err, failed)
}

// place gives the ways of references down wrappers, which facts tell, the names of files.
func (r *runner) place(refs []*flagref.Reference) {
	for _, ref := range refs {
		ref.Via = slices.Clone(ref.Via)
		for i := range ref.Via {
			ref.Via[i].Filename = r.Names.Long(ref.Via[i].Filename)
		}
	}
}
