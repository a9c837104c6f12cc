package recall

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"iter"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
)

// factRecord is a fact as it is kept: of the package where Path is empty, or of an
// object in it.
type factRecord struct {
	Path objectpath.Path
	Fact analysis.Fact
}

// recordsOf are the facts that importers can see, in an order that is always the same.
func recordsOf(f *drive.Facts, paths *objectpath.Encoder) []factRecord {
	var out []factRecord
	for kind := range f.Packages {
		out = append(out, factRecord{Fact: f.Packages[kind]})
	}
	for key, fact := range f.Objects {
		if !drive.Visible(key.Object) {
			continue
		}
		// An object without a path is one that importers cannot name.
		if path, err := paths.For(key.Object); err == nil {
			out = append(out, factRecord{path, fact})
		}
	}
	slices.SortFunc(out, func(a, b factRecord) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String()))
	})
	return out
}

// encodeFacts writes facts, and adds them to the key of what importers depend on.
func encodeFacts(records []factRecord, h *digest.Hash) ([]byte, error) {
	n := 0
	for _, r := range records {
		if !flagref.Told(r.Fact) {
			h.Text(string(r.Path))
			flagref.HashFact(h, r.Fact)
			n++
		}
	}
	h.Int(n)
	if len(records) == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(records)
	return b.Bytes(), err
}

// decodeFacts reads facts for the types of a package as an importer has them.
func decodeFacts(data []byte, pkg *types.Package) (*drive.Facts, error) {
	f := drive.NewFacts()
	if len(data) == 0 {
		return f, nil
	}
	var records []factRecord
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&records); err != nil {
		return nil, err
	}
	for _, r := range records {
		kind := reflect.TypeOf(r.Fact)
		if r.Path == "" {
			f.Packages[kind] = r.Fact
			continue
		}
		obj, err := objectpath.Object(pkg, r.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", pkg.Path(), r.Path, err)
		}
		f.Objects[drive.ObjectFact{Object: obj, Kind: kind}] = r.Fact
	}
	return f, nil
}

// factCache holds the facts of packages as importers see them.
type factCache struct {
	mu    sync.Mutex
	facts map[factKey]*drive.Facts
}

// factKey tells apart the types of a package that several importers may have
// differently, and what was found in it in this round.
type factKey struct {
	pkg   *types.Package
	entry *entry
}

func (c *factCache) of(pkg *types.Package, e *entry) (*drive.Facts, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := factKey{pkg, e}
	if f := c.facts[key]; f != nil {
		return f, nil
	}
	f, err := decodeFacts(e.Facts, pkg)
	if err == nil {
		c.facts[key] = f
	}
	return f, err
}

// provide gives a pass the facts of its package and of the packages that it imports,
// directly or not. unitOf gives the unit of a package by its types, nil where it comes
// from export data. The search of by, if not nil, does not see the facts of units that are searched
// for others alone. What goes wrong is told by fail.
func (r *runner) provide(pass *analysis.Pass, own *drive.Facts, by *unit, unitOf func(*types.Package) *unit, fail func(error)) {
	of := func(pkg *types.Package) *drive.Facts {
		u := unitOf(pkg)
		if u == nil {
			return nil
		}
		if by != nil && u.lent && !slices.Contains(by.wants, u) {
			return drive.NewFacts()
		}
		f, err := r.facts.of(pkg, u.used)
		if err != nil {
			fail(err)
		}
		return f
	}
	drive.FactSource{
		Own: own, Of: of, Ordered: true,
		Below: func() iter.Seq2[*types.Package, *drive.Facts] {
			return func(yield func(*types.Package, *drive.Facts) bool) {
				for _, dep := range below(pass.Pkg, unitOf) {
					if f := of(dep); f != nil && !yield(dep, f) {
						return
					}
				}
			}
		},
	}.Provide(pass)
}

// below are the packages from source whose types a package imports, directly or not,
// in the order of the imports.
func below(pkg *types.Package, unitOf func(*types.Package) *unit) []*types.Package {
	type dep struct {
		pkg *types.Package
		at  int
	}
	var found []dep
	seen := map[*types.Package]bool{pkg: true}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		for _, im := range p.Imports() {
			if seen[im] {
				continue
			}
			seen[im] = true
			if u := unitOf(im); u != nil {
				found = append(found, dep{im, u.index})
				visit(im)
			}
		}
	}
	visit(pkg)
	slices.SortFunc(found, func(a, b dep) int { return cmp.Compare(a.at, b.at) })
	out := make([]*types.Package, 0, len(found))
	for _, d := range found {
		out = append(out, d.pkg)
	}
	return out
}
