package recall

import (
	"bytes"
	"errors"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
)

// look decides from imports and words alone which packages are searched. A package is
// passed over where nothing in it can have to do with flags:
//
//   - it imports no package of a flag system whose values have to do with flags, none
//     outside of the program that may hand out such values, and it has no function of other
//     flag systems (os.Getenv) as a word;
//   - it has none of the words that packages that it imports, directly or not, say that who has
//     to do with their flags must have (flagref.Names);
//   - no string in it may be a key, and no comment is for flaglint;
//   - no other package told something of what it declares (flagref.Extra);
//   - no search of another package lacked something that it may tell (flagref.Lacks).
//
// What it declares is known by declarations alone where others need it.
type look struct {
	// systems are the packages of flag systems by path, with the hashes of their words.
	systems map[string]*system
	methods map[uint32]bool // words that count wherever they are
	// hands are the paths of packages that are not typed from source and may hand out values
	// that have to do with flags.
	hands map[string]bool

	mu sync.RWMutex
	// names are the words that units told in this round, and told is what packages that are
	// not among the units have from Extra.
	names map[uint32][]origin
	told  map[uint32]bool
	units map[string]bool // their paths
	// places are the packages of which Extra tells something.
	places map[string]bool
}

// system is a package of a flag system.
type system struct {
	provider.Use
	functions map[uint32]bool
}

// origin is a unit that told a word.
type origin struct {
	unit *unit
	// scope: of its scope, which who imports it directly can name.
	scope bool
}

// newLook prepares to look at the packages of a run, and marks those that have to be searched
// whatever is found in others.
func (r *runner) newLook() *look {
	l := &look{systems: map[string]*system{}, methods: map[uint32]bool{}, hands: map[string]bool{}, units: map[string]bool{}}
	specs := r.Suite.Specs()
	for p := range r.releases {
		l.add(specs, p.PkgPath)
	}
	for _, u := range r.all {
		l.add(specs, u.pkg.PkgPath)
		l.units[u.pkg.PkgPath] = true
		u.declared = sync.OnceValues(func() (digest.Sum, error) { return r.declared(u) })
	}
	r.reach()
	deep := map[*packages.Package]bool{}
	for p := range r.releases {
		if !r.goes(p) && l.handsOut(p, deep) {
			l.hands[p.PkgPath] = true
		}
	}
	r.pair()
	for _, u := range r.all {
		u.searched = l.searches(r, u, u.pkg.Outside(), u.pkg.GoFiles)
		if u.plain != nil {
			l.testing(r, u)
		}
	}
	return l
}

// add notes the package of a path if it is one of a flag system.
func (l *look) add(specs *provider.Set, path string) {
	use, ok := specs.Uses(path)
	if !ok || l.systems[path] != nil {
		return
	}
	s := &system{Use: use, functions: map[uint32]bool{}}
	for _, f := range use.Functions {
		s.functions[wordHash(f)] = true
	}
	if !use.Carried { // else who has a value of its types is searched anyway
		for _, m := range use.Methods {
			l.methods[wordHash(m)] = true
		}
	}
	l.systems[path] = s
}

// goes reports whether a package is one of Go's own.
func (r *runner) goes(p *packages.Package) bool { return p.Module == nil && r.releases[p].fixed }

// mayBeKey makes the function that tells whether a string may be a key: one that the
// registry has, or one with a prefix of a flag system, as it is or in other case.
func (r *runner) mayBeKey() func(text []byte) bool {
	prefixes := map[byte][][]byte{}
	for _, p := range r.Suite.Specs().Prefixes() {
		text := bytes.ToLower([]byte(p))
		prefixes[text[0]] = append(prefixes[text[0]], text)
	}
	return func(text []byte) bool {
		if len(text) == 0 {
			return false
		}
		c := text[0]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		for _, p := range prefixes[c] {
			if len(text) >= len(p) && bytes.EqualFold(text[:len(p)], p) {
				return true
			}
		}
		return r.Suite.Knows(string(text))
	}
}

// searches reports whether files of a unit, which import these packages outside of the program,
// have to be searched whatever is found in others.
func (l *look) searches(r *runner, u *unit, outside map[string]*packages.Package, files []string) bool {
	if l.systems[u.pkg.PkgPath] != nil {
		return true // what is configured is held against it
	}
	functions := []map[uint32]bool{l.methods}
	for _, p := range outside {
		s := l.systems[p.PkgPath]
		switch {
		case s != nil && s.Carried, l.hands[p.PkgPath]:
			return true
		case s != nil:
			functions = append(functions, s.functions)
		}
	}
	for _, name := range files {
		w := r.files[name].words
		if w.key || w.speaks {
			return true
		}
		for _, set := range functions {
			if len(set) > 0 && slices.ContainsFunc(w.idents, func(h uint32) bool { return set[h] }) {
				return true
			}
		}
	}
	return false
}

// handsOut reports whether a package that is not typed from source may hand out values that
// have to do with flags: it imports a flag system directly, or, where that is not limited
// to some keys, at all. Who uses one that is limited through two others has the key in a
// string of its own. Go's own packages keep what they use to themselves.
func (l *look) handsOut(p *packages.Package, deep map[*packages.Package]bool) bool {
	for _, dep := range p.Imports {
		if s := l.systems[dep.PkgPath]; s != nil && s.Carried {
			return true
		}
	}
	return l.unlimited(p, deep)
}

func (l *look) unlimited(p *packages.Package, deep map[*packages.Package]bool) bool {
	if known, ok := deep[p]; ok {
		return known
	}
	found := false
	for _, dep := range p.Imports {
		if s := l.systems[dep.PkgPath]; s != nil && s.Carried && !s.Limited || l.unlimited(dep, deep) {
			found = true
			break
		}
	}
	deep[p] = found
	return found
}

// begin starts a round, with what packages told before.
func (l *look) begin(r *runner) {
	l.names, l.told, l.places = map[uint32][]origin{}, map[uint32]bool{}, map[string]bool{}
	r.extra.Each(func(path, name string) {
		l.places[path] = true
		if !l.units[path] {
			l.told[wordHash(name)] = true
		}
	})
}

// learn takes the words that a unit told.
func (l *look) learn(u *unit, names flagref.Names) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range names.Scope {
		h := wordHash(name)
		l.names[h] = append(l.names[h], origin{u, true})
	}
	for _, name := range names.Members {
		h := wordHash(name)
		l.names[h] = append(l.names[h], origin{u, false})
	}
}

// passes reports whether a unit is passed over in this round. What it imports must have
// been found.
func (l *look) passes(r *runner, u *unit) bool {
	return !u.searched && !l.places[u.pkg.PkgPath] && !l.hasWords(r, u, u.pkg.GoFiles)
}

// hasWords reports whether files of a unit have a word that others told.
func (l *look) hasWords(r *runner, u *unit, files []string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, name := range files {
		for _, h := range r.files[name].words.idents {
			if l.told[h] {
				return true
			}
			for _, o := range l.names[h] {
				if o.scope && slices.Contains(u.deps, o.unit) || !o.scope && u.reaches(o.unit) {
					return true
				}
			}
		}
	}
	return false
}

// reaches reports whether a unit imports another one, directly or not.
func (u *unit) reaches(o *unit) bool {
	return o.index/64 < len(u.below) && u.below[o.index/64]&(1<<(o.index%64)) != 0
}

// reach finds what each unit imports.
func (r *runner) reach() {
	for _, u := range r.all {
		u.below = make([]uint64, u.index/64+1)
		for _, dep := range u.deps {
			for i, bits := range dep.below {
				u.below[i] |= bits
			}
			u.below[dep.index/64] |= 1 << (dep.index % 64)
		}
	}
}

// carries tells flagref of types of other packages whether their values have to do with flags.
func (r *runner) carries(tn *types.TypeName) bool {
	path := tn.Pkg().Path()
	if s := r.look.systems[path]; s != nil && s.Carried {
		return true
	}
	u := r.typed(tn.Pkg())
	if u == nil {
		return r.look.hands[path]
	}
	return u.used != nil && slices.Contains(u.used.Names.Types, tn.Name())
}

// want notes which units that would be passed over the searches lacked, so that these are
// searched and the ones that lacked them made again; it reports whether there are any new.
func (r *runner) want() bool {
	if r.look == nil {
		return false
	}
	byPath := map[string][]*unit{}
	for _, u := range r.all {
		if u.needed {
			byPath[u.pkg.PkgPath] = append(byPath[u.pkg.PkgPath], u)
		}
	}
	more := false
	for _, u := range r.all {
		if !u.needed || u.used.Passed || u.borrows {
			continue
		}
		if n := u.used.Names; u.lent && len(n.Scope)+len(n.Members)+len(n.Types) > 0 {
			u.searched, more = true, true // it has to do with flags after all
		}
		add := func(by *unit, paths []string) {
			for _, path := range paths {
				for _, w := range byPath[path] {
					if (w.used.Passed || w.lent) && by.reaches(w) {
						for _, v := range []*unit{u, by} {
							if !slices.Contains(v.wants, w) {
								v.wants = append(v.wants, w)
								w.wanted, more = true, true
							}
						}
					}
				}
			}
		}
		add(u, u.used.Lacks.Needed)
		if u.used.Lacks.Lost {
			add(u, u.used.Lacks.Asked)
			for _, dep := range r.all[:u.index] {
				if dep.needed && !dep.used.Passed && u.reaches(dep) {
					add(dep, dep.used.Lacks.Asked)
				}
			}
		}
	}
	for _, u := range r.all {
		slices.SortFunc(u.wants, func(a, b *unit) int { return a.index - b.index })
	}
	return more
}

// pass passes a unit over.
func (r *runner) pass(u *unit) {
	u.used = &entry{Passed: true}
	r.typer.Pass(u.pkg)
}

// out is what importers of a unit depend on. Of one that is passed over, or searched for those
// alone that want it, it tells nothing of flags: an importer that lacked nothing has the same
// result whatever it tells.
func (r *runner) out(u *unit) (digest.Sum, error) {
	if u.used.Passed || u.lent {
		return u.bare()
	}
	return u.used.Out, nil
}

// bareOut is what importers depend on of a unit that tells nothing of flags.
func (r *runner) bareOut(u *unit) (digest.Sum, error) {
	declared, err := u.declared()
	if err != nil {
		return digest.Sum{}, err
	}
	_, told, err := tell(nil, flagref.Names{})
	if err != nil {
		return digest.Sum{}, err
	}
	return r.outOf(u, declared, told)
}

// declared is the key of what a unit declares: remembered, or read from its files.
func (r *runner) declared(u *unit) (digest.Sum, error) {
	h := digest.New("declared")
	h.Sum(u.base)
	key := h.Done()
	for _, e := range u.entries {
		if e.Passed && e.Key == key {
			u.fresh = append(u.fresh, e)
			return e.Out, nil
		}
	}
	parsed, err := r.typer.Parse(u.pkg)
	if err != nil {
		return digest.Sum{}, errors.Join(errUnsound, err)
	}
	out, err := hashDeclarations(parsed, r.source)
	if err != nil {
		return digest.Sum{}, err
	}
	u.fresh = append(u.fresh, &entry{Key: key, Passed: true, Out: out})
	r.count(func(w *Work) { w.Read++ })
	return out, nil
}
