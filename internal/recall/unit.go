package recall

import (
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
)

// unit is a package and what is known of it.
type unit struct {
	pkg   *load.Package
	index int // in the order of the imports
	name  string
	deps  []*unit    // by import path
	base  digest.Sum // of all that decides about it but for deps
	// entries are what is remembered, the last used first.
	entries []*entry
	used    *entry // in this round
	// fresh are those entries that this run made or used.
	fresh []*entry
	// own: it is of the shard; needed: it is, or something imports it that is.
	own, needed bool
	again       bool // it was analysed in this run
	// searched: it is not passed over, whatever its words are (see look).
	searched bool
	// plain is the unit from which one with tests may borrow (see pair), and tests are the files
	// that it does not have. Borrows: in this round it does.
	plain   *unit
	tests   []string
	borrows bool
	below   []uint64 // the units that it imports, directly or not, by index
	// wants are units that its search lacked, and would be passed over else. Wanted: some other
	// has it among these; lent: in this round it is searched for these alone.
	wants        []*unit
	wanted, lent bool
	// declared is the key of what it declares, and bare what importers depend on in this round
	// where it is passed over or lent; both are made once, when somebody asks.
	declared, bare func() (digest.Sum, error)
}

// unitName names the unit of a package.
func unitName(p *load.Package) string { return p.Config + " " + p.ID }

// entry is what was found in a package once.
type entry struct {
	Key      digest.Sum
	Asked    flagref.Asked
	Answered digest.Sum // by Extra, to what was asked
	Out      digest.Sum // what importers depend on
	Facts    []byte
	Extra    []byte
	Judged   []judged
	// Names are what importers must have as a word to have to do with what was found, and
	// Lacks what the search would have asked packages that were passed over.
	Names flagref.Names
	Lacks flagref.Lacks
	// Passed: the unit was passed over. Where it is kept, Key is of the unit alone, and Out of
	// its declarations.
	Passed bool
}

// judged is what rules found, by the rules' key.
type judged struct {
	Rules digest.Sum
	Data  []byte
	Code  digest.Sum // in store.Codes
}

// units makes the units of the packages that the patterns name and of all these
// import, dependencies first.
func (r *runner) units() {
	needed := map[*load.Package]bool{}
	var need func(p *load.Package)
	need = func(p *load.Package) {
		if !needed[p] {
			needed[p] = true
			for _, dep := range p.Deps {
				need(dep)
			}
		}
	}
	for _, p := range r.Listing.Packages {
		if p.Root {
			need(p)
		}
	}
	r.byPackage = map[*load.Package]*unit{}
	for _, p := range r.Listing.Packages {
		if !needed[p] {
			continue
		}
		u := &unit{pkg: p, index: len(r.all), name: unitName(p)}
		for _, path := range slices.Sorted(maps.Keys(p.Deps)) {
			u.deps = append(u.deps, r.byPackage[p.Deps[path]])
		}
		r.byPackage[p] = u
		r.all = append(r.all, u)
	}
}

// file is a file of a package, as the run found it.
type file struct {
	sum   digest.Sum
	size  int
	words words // of files of units, where packages may be passed over
}

// release is what Environment.Fixed says of a package.
type release struct {
	id    string
	fixed bool
}

// hashFiles makes the keys of the texts of all files, as many at once as there are
// processors: those of units, and those of other packages that may change.
func (r *runner) hashFiles(ctx context.Context) error {
	r.files = map[string]file{}
	var names []string
	add := func(files []string) {
		for _, name := range files {
			if _, ok := r.files[name]; !ok {
				r.files[name] = file{}
				names = append(names, name)
			}
		}
	}
	for _, u := range r.all {
		add(u.pkg.GoFiles)
	}
	own := len(names)
	r.releases = map[*packages.Package]release{}
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if _, ok := r.releases[p]; ok {
			return
		}
		id, fixed := r.Env.Fixed(p)
		r.releases[p] = release{id, fixed}
		if !fixed {
			add(p.GoFiles)
			add(p.OtherFiles)
		}
		for _, dep := range p.Imports {
			visit(dep)
		}
	}
	for _, u := range r.all {
		for _, p := range u.pkg.Outside() {
			visit(p)
		}
	}
	files := make([]file, len(names))
	errs := make([]error, runtime.GOMAXPROCS(0))
	mayBeKey := r.mayBeKey()
	var wg sync.WaitGroup
	for part := range errs {
		wg.Go(func() {
			reader := wordReader{key: mayBeKey}
			for i := part; i < len(names) && ctx.Err() == nil; i += len(errs) {
				src, err := r.Listing.ReadFile(names[i])
				switch {
				case err == nil:
					files[i] = file{sum: sha256.Sum256(src), size: len(src)}
					if i < own && r.PassFrom >= 0 {
						files[i].words = reader.read(src)
					}
					if leaves(src) {
						r.Names.keep(names[i])
					}
				case i < own:
					errs[part] = err
					return
				}
			}
		})
	}
	wg.Wait()
	for i, name := range names {
		r.files[name] = files[i]
		if i < own {
			r.bytes += files[i].size
		}
	}
	return cmp.Or(append(errs, ctx.Err())...)
}

// bases makes the keys of all that decides about units but for their imports from
// source.
func (r *runner) bases() {
	outside := map[*packages.Package]digest.Sum{}
	env := *r.Env
	env.GOROOT, env.GOMODCACHE = "", "" // what is there has a key, wherever it is
	for _, u := range r.all {
		p := u.pkg
		h := digest.New("package")
		h.Sum(r.Base)
		h.Value(env)
		h.Value(p.Root) // else it tells no Extra, and no rule runs
		for _, s := range []string{p.Config, p.ID, p.PkgPath, p.Name, p.ForTest} {
			h.Text(s)
		}
		if p.Module != nil {
			h.Text(p.Module.Path)
			h.Text(p.Module.Version)
			h.Text(p.Module.GoVersion)
		}
		h.Int(len(p.GoFiles))
		for _, name := range p.GoFiles {
			h.Text(r.Names.Short(name))
			h.Sum(r.files[name].sum)
		}
		out := p.Outside()
		h.Int(len(out))
		for _, path := range slices.Sorted(maps.Keys(out)) {
			h.Text(path)
			h.Sum(r.outside(out[path], outside))
		}
		u.base = h.Done()
	}
	r.outsides = outside
}

// outside is the key of a package that is not typed from source, and of all that it
// imports.
func (r *runner) outside(p *packages.Package, known map[*packages.Package]digest.Sum) digest.Sum {
	if sum, ok := known[p]; ok {
		return sum
	}
	h := digest.New("outside")
	h.Text(p.ID)
	fixed := r.releases[p].fixed
	h.Text(r.releases[p].id)
	h.Int(len(p.GoFiles) + len(p.OtherFiles))
	for _, name := range slices.Concat(p.GoFiles, p.OtherFiles) {
		if fixed {
			h.Text(filepath.Base(name))
			continue
		}
		h.Text(r.Names.Short(name))
		h.Sum(r.files[name].sum)
	}
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		h.Text(path)
		h.Sum(r.outside(p.Imports[path], known))
	}
	known[p] = h.Done()
	return known[p]
}

// key is the key of a unit whose imports are found.
func (r *runner) key(u *unit) (digest.Sum, error) {
	h := digest.New("search")
	h.Sum(u.base)
	for _, path := range slices.Sorted(maps.Keys(u.pkg.Deps)) {
		h.Text(path)
	}
	err := r.hashImports(h, u)
	return h.Done(), err
}

// hashImports adds what a unit knows of those that it imports from source, and of those that it
// wants.
func (r *runner) hashImports(h *digest.Hash, u *unit) error {
	for _, dep := range u.deps {
		out, err := r.out(dep)
		if err != nil {
			return err
		}
		h.Text(dep.pkg.ID)
		h.Sum(out)
	}
	for _, w := range u.wants {
		h.Text(w.pkg.ID)
		h.Sum(w.used.Out)
	}
	return nil
}
