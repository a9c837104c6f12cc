package recall

import (
	"go/parser"
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/packages"
)

// A package with its tests has what the package alone has, and what the files of the tests
// add. Where these can have nothing to do with flags, what was found in the package alone is all
// that is found: the package is not typed and searched a second time. It borrows. Of
// variables and fields production code decides what they hold, and functions that tests call
// for other reasons are the same functions.
//
// For the files of the tests that is as look says for a package, and the words that say who has
// to do with the flags of the package itself are those of Names.Within. Who imports a package with its tests needs
// more than what was found in it: such a one does not borrow (see pair).

// pair finds of units with tests those without, from which they may borrow.
func (r *runner) pair() {
	imported := map[*unit]bool{}
	plain := map[string]*unit{}
	for _, u := range r.all {
		for _, dep := range u.deps {
			imported[dep] = true
		}
		if u.pkg.ForTest == "" {
			plain[u.pkg.Config+" "+u.pkg.PkgPath] = u
		}
	}
	for _, u := range r.all {
		if u.pkg.ForTest == "" || u.pkg.ForTest != u.pkg.PkgPath || imported[u] {
			continue
		}
		if p := plain[u.pkg.Config+" "+u.pkg.PkgPath]; p != nil && p.index < u.index && p.pkg.Root == u.pkg.Root {
			u.plain = p
		}
	}
}

// testing marks the units that never borrow, whatever is found in others.
func (l *look) testing(r *runner, u *unit) {
	for _, name := range u.pkg.GoFiles {
		if !slices.Contains(u.plain.pkg.GoFiles, name) {
			u.tests = append(u.tests, name)
		}
	}
	all := u.pkg.Outside()
	outside := map[string]*packages.Package{}
	for _, name := range u.tests {
		src, err := r.Listing.ReadFile(name)
		if err != nil {
			u.plain = nil // analysing it tells
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			u.plain = nil
			return
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && all[path] != nil {
				outside[path] = all[path]
			}
		}
	}
	if l.searches(r, u, outside, u.tests) {
		u.plain = nil
	}
}

// borrows reports whether a unit borrows in this round. What it imports, and the unit without
// its tests, must have been found.
func (l *look) borrows(r *runner, u *unit) bool {
	if u.plain == nil || !u.plain.needed || u.plain.used.Passed || u.plain.lent || l.hasWords(r, u, u.tests) {
		return false
	}
	within := map[uint32]bool{}
	for _, name := range u.plain.used.Names.Within {
		within[wordHash(name)] = true
	}
	return !slices.ContainsFunc(u.tests, func(name string) bool {
		return slices.ContainsFunc(r.files[name].words.idents, func(h uint32) bool { return within[h] })
	})
}
