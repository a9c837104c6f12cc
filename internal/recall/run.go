package recall

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
)

// errUnsound: there is something wrong with the packages.
var errUnsound = errors.New("packages have errors")

// Options say what to do.
type Options struct {
	Listing *load.Listing
	Env     *load.Environment
	// Names are those of the listing's files; nil: what NewNames makes.
	Names *Names
	Suite *analyzer.Suite
	// Base is the key of all that decides about references beside packages and Env:
	// the flag systems and the program itself.
	Base digest.Sum
	// Rules is the key of all that decides about findings: Suite.Digest and what it
	// leaves out.
	Rules digest.Sum
	// RefsOnly: no rule runs, and what rules once found does not count. Rules has to
	// differ from that of every run with rules.
	RefsOnly bool
	// Shard is the part of the packages that is found.
	Shard Shard
	// PassFrom is how many bytes of Go source, all files together, a program has to have for
	// packages to be passed over (see look), which are then not type-checked. Less than 0: none
	// are, in any program.
	PassFrom int
	// Store is what is remembered.
	Store *Store
	// Reading is told, before anything is analysed, how the text of a file is read that
	// is being analysed: as it was parsed, whatever the file holds by then.
	Reading func(source func(name string) ([]byte, error))
	// Check refuses what a typed package shows to be wrong with the settings.
	Check func(*load.Package) error
}

// Result is what was found.
type Result struct {
	// Packages are those that the patterns name, or those of the shard, in the order
	// of the listing.
	Packages []*analyzer.Package
	// Again is how many of these something was done for, whether typed or searched or
	// judged by rules.
	Again int
	// Passed is how many packages were passed over, of those and of what they import, and
	// Borrowed how many with their tests have what was found in them without.
	Passed, Borrowed int
	// Shard is what was found and used, for Store.Fill; it is made for a Shard alone.
	Shard []byte
	Work  Work
	// Wrote says that more is remembered than before.
	Wrote bool

	runner  *runner
	exports map[string]map[string]string // what ExportFile was told, by build configuration
}

// Work counts what was done.
type Work struct {
	load.Work
	Searched int // packages that were searched, as often as they were
	Read     int // packages of which only the declarations were read, since they were passed over
	Judged   int // packages that rules ran on
}

// runner is one run.
type runner struct {
	Options
	all       []*unit // dependencies first
	byPackage map[*load.Package]*unit
	files     map[string]file
	bytes     int // of the files of units
	outsides  map[*packages.Package]digest.Sum
	releases  map[*packages.Package]release // of packages that are not typed from source
	byPath    map[string]digest.Sum         // see outsideByPath
	typer     *load.Typer
	facts     factCache
	decoder   *analyzer.Decoder
	// extra is what packages told each other before the last round.
	extra *flagref.Extra
	look  *look // nil where no package is passed over

	mu   sync.Mutex
	work Work
	errs []error
}

// maxLearning bounds the rounds in which packages learn of each other: a decorator
// behind an interface that another package implements takes one more each.
const maxLearning = 3

// Run finds what the packages of a listing hold. Where it gives an error, the program has
// to be loaded from the listing and analysed as a whole.
func Run(ctx context.Context, o Options) (*Result, error) {
	if len(o.Listing.Errors) > 0 {
		return nil, errUnsound
	}
	if o.Names == nil {
		o.Names = NewNames(o.Listing, o.Env)
	}
	o.Suite.Name(o.Names.Long)
	r := &runner{Options: o, decoder: o.Suite.Decoder(), facts: factCache{facts: map[factKey]*drive.Facts{}}}
	r.register(o.Suite.References())
	r.register(o.Suite.Collector())
	r.units()
	if err := r.hashFiles(ctx); err != nil {
		return nil, err
	}
	r.bases()
	r.divide()
	if r.PassFrom >= 0 && r.bytes >= r.PassFrom {
		r.look = r.newLook()
		if r.PassFrom > 0 && !r.worth() {
			for _, u := range r.all {
				u.searched = true
			}
		}
		o.Suite.Look(r.carries)
		// Whoever uses the suite later has the packages in other ways.
		defer func() { o.Suite.Look(nil); o.Suite.Learn(r.extra) }()
	}
	o.Listing.Expect(func(name string, src []byte) bool { return r.files[name].sum == sha256.Sum256(src) })
	o.Listing.Call(o.Names.Short)
	defer o.Listing.Call(nil)
	for _, u := range r.all {
		u.entries = o.Store.old.Units[u.name]
	}
	var err error
	if r.typer, err = o.Listing.Typer(r.exportFile); err != nil {
		return nil, err
	}
	o.Reading(r.typer.Source)
	if packages, ok := r.mostlyNew(); ok {
		if err := r.typer.Prepare(ctx, packages); err != nil {
			return nil, err
		}
	}
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	out := &Result{runner: r}
	if out.Packages, err = r.judge(ctx); err != nil {
		return nil, err
	}
	if o.Listing.Changed() {
		return nil, errors.New("a file changed meanwhile")
	}
	r.work.Work = r.typer.Work()
	out.Work = r.work
	for _, u := range r.all {
		if u.own && u.again {
			out.Again++
		}
		switch {
		case !u.needed:
		case u.used.Passed:
			out.Passed++
		case u.borrows:
			out.Borrowed++
		}
	}
	if o.Shard != (Shard{}) {
		if out.Shard, err = r.pack(); err != nil {
			return nil, err
		}
	}
	if r.work.Searched > 0 || r.work.Read > 0 || o.Store.filled {
		out.Wrote = o.Store.keep(r)
	}
	return out, nil
}

// source is the text that a file was parsed from, by its name in positions.
func (r *runner) source(name string) ([]byte, error) { return r.typer.Source(r.Names.Long(name)) }

// register tells gob of the facts of an analyzer and of those that it requires.
func (r *runner) register(a *analysis.Analyzer) {
	for _, f := range a.FactTypes {
		gob.Register(f)
	}
	for _, dep := range a.Requires {
		r.register(dep)
	}
}

// mostlyNew gives the packages that are needed, and reports whether most of them have no
// entry that could hold, so that all export data had better be read at once. Of packages
// that may be passed over it knows nothing.
func (r *runner) mostlyNew() ([]*load.Package, bool) {
	need := make([]bool, len(r.all))
	n, fresh := 0, 0
	for _, u := range slices.Backward(r.all) {
		if u.needed && (r.look == nil || u.searched) {
			need[u.index] = true
			if n++; len(u.entries) == 0 {
				fresh++
			}
		}
		if need[u.index] {
			for _, dep := range u.deps {
				need[dep.index] = true
			}
		}
	}
	var all []*load.Package
	for _, u := range r.all {
		if need[u.index] {
			all = append(all, u.pkg)
		}
	}
	return all, 2*fresh > n
}

// mostOf is the part of the units that, where it has to be searched in any case, makes looking for
// others not worth it: one in mostOf.
const mostOf = 3

// worth reports whether so many packages may be passed over that it is worth looking: what is
// searched may lack what others tell, and is then searched twice.
func (r *runner) worth() bool {
	n, searched := 0, 0
	for _, u := range r.all {
		if u.needed {
			if n++; u.searched {
				searched++
			}
		}
	}
	return mostOf*searched <= n
}

// learn finds the references of all packages, until packages tell each other nothing
// new, and no search lacks what one that was passed over may tell.
func (r *runner) learn(ctx context.Context) error {
	for round := 0; ; {
		r.Suite.Learn(r.extra)
		if r.look != nil {
			r.look.begin(r)
		}
		if err := r.each(ctx, func(u *unit) error { return r.find(ctx, u) }); err != nil {
			return err
		}
		if r.want() {
			continue
		}
		var told []*flagref.Extra
		for _, u := range r.all {
			if u.needed && u.pkg.Root && !u.used.Passed && !u.borrows {
				extra, err := u.used.extra()
				if err != nil {
					return err
				}
				told = append(told, extra)
			}
		}
		extra := flagref.Merge(told...)
		if extra.Equal(r.extra) || round == maxLearning {
			return nil
		}
		r.extra = extra
		round++
	}
}

// each calls f for all units that are needed, in the order of the imports.
func (r *runner) each(ctx context.Context, f func(*unit) error) error {
	err := drive.Each(ctx, len(r.all), func(i int) []int {
		out := make([]int, 0, len(r.all[i].deps))
		for _, dep := range r.all[i].deps {
			out = append(out, dep.index)
		}
		if p := r.all[i].plain; p != nil {
			out = append(out, p.index)
		}
		return out
	}, func(i int) {
		r.mu.Lock()
		failed := len(r.errs) > 0
		r.mu.Unlock()
		if failed || !r.all[i].needed {
			return
		}
		if err := f(r.all[i]); err != nil {
			r.fail(err)
		}
	})
	if err != nil {
		return err
	}
	return errors.Join(r.errs...)
}

func (r *runner) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, err)
}

// find finds the references of a unit in one round: it remembers them, or searches.
func (r *runner) find(ctx context.Context, u *unit) error {
	if r.look != nil {
		if u.borrows = r.look.borrows(r, u); u.borrows {
			u.used = u.plain.used
			r.typer.Pass(u.pkg)
			return nil
		}
		passes := r.look.passes(r, u)
		u.lent, u.bare = passes && u.wanted, sync.OnceValues(func() (digest.Sum, error) { return r.bareOut(u) })
		if passes && !u.wanted {
			r.pass(u)
			return nil
		}
	}
	key, err := r.key(u)
	if err != nil {
		return err
	}
	if e := r.holding(u, key); e != nil {
		r.use(u, e)
		return nil
	}
	e, err := r.analyse(ctx, u, key)
	if err != nil {
		return err
	}
	r.use(u, e)
	return nil
}

// holding returns the entry of a unit that holds, nil if none does.
func (r *runner) holding(u *unit, key digest.Sum) *entry {
	for _, e := range slices.Concat(u.fresh, u.entries) {
		if e.Key == key && e.Answered == r.extra.Answer(e.Asked) && r.answered(e) {
			return e
		}
	}
	return nil
}

// answered reports whether the registry still answers what it answered.
func (r *runner) answered(e *entry) bool {
	return !slices.ContainsFunc(e.Asked.Known, func(a flagref.Answer) bool { return r.Suite.Knows(a.Key) != a.Known })
}

// use makes an entry the one of this round.
func (r *runner) use(u *unit, e *entry) {
	u.used = e
	if r.look != nil {
		r.look.learn(u, e.Names)
	}
	if !slices.Contains(u.fresh, e) {
		u.fresh = append(u.fresh, e)
	}
}

// judge gives the packages that the patterns name, with what the rules found: what is
// remembered of it, or what they find now.
func (r *runner) judge(ctx context.Context) ([]*analyzer.Package, error) {
	var roots, again []*unit
	found := map[*unit]*analyzer.Package{}
	for _, u := range r.all {
		if !u.own {
			continue
		}
		roots = append(roots, u)
		if p, ok := r.remembered(u); ok {
			found[u] = p
		} else if !u.borrows { // else it has what is found in another

			again = append(again, u)
		}
	}
	if len(again) > 0 {
		need := map[*unit]bool{}
		for _, u := range again {
			need[u] = true
		}
		err := r.each(ctx, func(u *unit) error {
			if !need[u] {
				return nil
			}
			e, err := r.analyse(ctx, u, u.used.Key)
			if err == nil {
				u.used.Judged = append(slices.Clip(e.Judged), u.used.Judged...)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]*analyzer.Package, 0, len(roots))
	for _, u := range roots {
		p := found[u]
		if p == nil {
			var ok bool
			if p, ok = r.remembered(u); !ok {
				return nil, fmt.Errorf("%s: what was found cannot be read again", u.pkg.ID)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// remembered is what rules found in a unit, where that is known.
func (r *runner) remembered(u *unit) (*analyzer.Package, bool) {
	if u.used.Passed {
		return analyzer.NewPackage(u.pkg.PkgPath, u.pkg.Name, nil, &flagref.Result{}), true
	}
	for i, j := range u.used.Judged {
		if r.RefsOnly {
			if p, ok := r.decoder.References(analyzer.Kept{Data: j.Data}); ok {
				return p, true
			}
		}
		if r.RefsOnly || j.Rules != r.Rules {
			continue
		}
		if p, ok := r.decoder.Decode(analyzer.Kept{Data: j.Data, Code: r.Store.code(j.Code)}); ok {
			// The last used first.
			u.used.Judged = slices.Insert(slices.Delete(slices.Clone(u.used.Judged), i, i+1), 0, j)
			return p, true
		}
	}
	return nil, false
}
