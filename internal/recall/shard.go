package recall

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Shard is the Index-th part, counted from 1, of the packages that the patterns name,
// divided by Of. The zero Shard is all of them.
type Shard struct{ Index, Of int }

// ParseShard reads INDEX/OF.
func ParseShard(s string) (Shard, error) {
	index, of, ok := strings.Cut(s, "/")
	i, ierr := strconv.Atoi(index)
	n, nerr := strconv.Atoi(of)
	if !ok || ierr != nil || nerr != nil || i < 1 || i > n {
		return Shard{}, fmt.Errorf("%q is no shard (want INDEX/COUNT, from 1/COUNT to COUNT/COUNT)", s)
	}
	return Shard{i, n}, nil
}

// String renders the shard as ParseShard reads it.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// divide marks the units of the shard, which are those of the run, and all that
// these import, which has to be searched for what it tells of itself. Every unit that the patterns
// name is of one shard, whoever divides the same packages. A package and its tests are
// of one, and so are neighbours in the order of import paths: these import much the same.
func (r *runner) divide() {
	var total, before int
	groups := map[string][]*unit{}
	sizes := map[string]int{}
	for _, u := range r.all {
		if u.pkg.Root {
			groups[u.owner()] = append(groups[u.owner()], u)
			sizes[u.owner()] += r.size(u)
			total += r.size(u)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(groups)) {
		// A group is where its middle is.
		part := 0
		if total > 0 {
			part = (2*before + sizes[owner]) * r.Shard.Of / (2*total + 1)
		}
		before += sizes[owner]
		for _, u := range groups[owner] {
			u.own = r.Shard == Shard{} || part == r.Shard.Index-1
		}
	}
	var need func(u *unit)
	need = func(u *unit) {
		if !u.needed {
			u.needed = true
			for _, dep := range u.deps {
				need(dep)
			}
		}
	}
	for _, u := range r.all {
		if u.own {
			need(u)
		}
	}
}

// owner is the path of the package that a unit is, or tests.
func (u *unit) owner() string {
	if u.pkg.ForTest != "" {
		return u.pkg.ForTest
	}
	return u.pkg.PkgPath
}

// size is how much text a unit has.
func (r *runner) size(u *unit) int {
	n := 1
	for _, name := range u.pkg.GoFiles {
		n += r.files[name].size
	}
	return n
}

// join adds the entries of a unit that another store has. Entries that hold for the same
// are one, with what rules found for either.
func join(list, more []*entry) []*entry {
	for _, e := range more {
		i := slices.IndexFunc(list, e.same)
		if i < 0 {
			list = append(list, e)
			continue
		}
		for _, j := range e.Judged {
			if !slices.ContainsFunc(list[i].Judged, j.same) {
				list[i].Judged = append(list[i].Judged, j)
			}
		}
	}
	return list
}

// same reports whether two entries hold for the same.
func (e *entry) same(o *entry) bool {
	return e.Key == o.Key && e.Answered == o.Answered && slices.Equal(e.Asked.Known, o.Asked.Known) && slices.Equal(e.Asked.Names, o.Asked.Names)
}

func (j judged) same(o judged) bool {
	return j.Rules == o.Rules && j.Code == o.Code && slices.Equal(j.Data, o.Data)
}
