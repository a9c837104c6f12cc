package recall

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
)

// analyse types a unit, searches it and, where the patterns name it, runs the rules.
func (r *runner) analyse(ctx context.Context, u *unit, key digest.Sum) (e *entry, err error) {
	u.again = true
	err = r.typer.Do(ctx, u.pkg, func(pkg *load.Package) error {
		if !pkg.Sound() {
			return fmt.Errorf("%s: %w", pkg.ID, errUnsound)
		}
		if err := r.Check(pkg); err != nil {
			return err
		}
		e, err = r.search(u, pkg, key)
		return err
	})
	return e, err
}

func (r *runner) search(u *unit, pkg *load.Package, key digest.Sum) (*entry, error) {
	own := drive.NewFacts()
	var mu sync.Mutex
	var failed error
	unit := drive.Unit{
		Package: pkg, Results: map[*analysis.Analyzer]any{}, ReadFile: r.source,
		Provide: func(pass *analysis.Pass) {
			r.provide(pass, own, u, r.typed, func(err error) {
				mu.Lock()
				defer mu.Unlock()
				failed = errors.Join(failed, err)
			})
		},
	}
	result, err := unit.Run(r.Suite.References())
	if err != nil {
		return nil, err
	}
	refs := result.(*flagref.Result)
	if _, err := unit.Run(r.Suite.CodeFlags()); err != nil {
		return nil, err
	}
	e := &entry{Key: key, Asked: refs.Asked, Answered: r.extra.Answer(refs.Asked)}
	e.Names, e.Lacks = refs.Names, refs.Lacks
	var told digest.Sum
	if e.Facts, told, err = tell(recordsOf(own, new(objectpath.Encoder)), e.Names); err != nil {
		return nil, err
	}
	declared, err := hashDeclarations(pkg.Package, r.source)
	if err != nil {
		return nil, err
	}
	if e.Out, err = r.outOf(u, declared, told); err != nil {
		return nil, err
	}
	r.count(func(w *Work) { w.Searched++ })
	if pkg.Root {
		if e.Extra, err = encodeExtra(refs.Extra); err != nil {
			return nil, err
		}
	}
	if u.own {
		if err := r.rules(&unit, pkg, refs, e); err != nil {
			return nil, err
		}
	}
	return e, failed
}

// tell encodes facts, and makes the key of all that a package tells importers of flags.
func tell(records []factRecord, names flagref.Names) (facts []byte, told digest.Sum, err error) {
	h := digest.New("told")
	facts, err = encodeFacts(records, h)
	h.Value(names.Types)
	return facts, h.Done(), err
}

// outOf is what importers of a unit depend on, by the keys of what it declares and of what it
// tells of flags.
func (r *runner) outOf(u *unit, declared, told digest.Sum) (digest.Sum, error) {
	h := digest.New("out")
	h.Sum(declared)
	h.Sum(told)
	outside := u.pkg.Outside()
	// Importers see through to what this package imports, from source or not.
	for _, path := range slices.Sorted(maps.Keys(outside)) {
		h.Text(path)
		h.Sum(r.outsides[outside[path]])
	}
	if err := r.hashImports(h, u); err != nil {
		return digest.Sum{}, err
	}
	if m := u.pkg.Module; m != nil {
		h.Text(m.Path)
		h.Text(m.GoVersion)
	}
	return h.Done(), nil
}

// typed is the unit of a package that this run has typed, nil of one from export data.
func (r *runner) typed(pkg *types.Package) *unit {
	p := r.typer.Of(pkg)
	if p == nil {
		return nil
	}
	return r.byPackage[p]
}

// rules runs the rules on a package whose references are found.
func (r *runner) rules(unit *drive.Unit, pkg *load.Package, refs *flagref.Result, e *entry) error {
	found := analyzer.NewPackage(pkg.PkgPath, pkg.Name, pkg.Fset, refs)
	if !r.RefsOnly {
		result, err := unit.Run(r.Suite.Collector())
		if err != nil {
			return err
		}
		found = result.(*analyzer.Package)
		r.count(func(w *Work) { w.Judged++ })
	}
	kept, err := r.Suite.Encode(found)
	if err != nil {
		return err
	}
	e.Judged = []judged{{Rules: r.Rules, Data: kept.Data, Code: r.Store.addCode(kept.Code)}}
	return nil
}

func (r *runner) count(f func(*Work)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(&r.work)
}

func encodeExtra(x *flagref.Extra) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(x)
	return b.Bytes(), err
}

// extra is what the package told others.
func (e *entry) extra() (*flagref.Extra, error) {
	var x flagref.Extra
	if err := gob.NewDecoder(bytes.NewReader(e.Extra)).Decode(&x); err != nil {
		return nil, err
	}
	return &x, nil
}
