package recall

import (
	"fmt"
	"maps"
	"slices"
	"sort"
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
// these import, which has to be searched for what it tells of itself. Every unit that the
// patterns name is of one shard, whoever divides the same packages.
func (r *runner) divide() {
	if (r.Shard == Shard{}) {
		for _, u := range r.all {
			u.own, u.needed = u.pkg.Root, true
		}
		return
	}
	// A package and its tests are a group. Neighbours in the order of import paths import
	// much the same, so that shards are cut from that order.
	owned := map[string][]*unit{}
	for _, u := range r.all {
		if u.pkg.Root {
			owned[u.owner()] = append(owned[u.owner()], u)
		}
	}
	var groups [][]*unit
	for _, owner := range slices.Sorted(maps.Keys(owned)) {
		groups = append(groups, owned[owner])
	}
	// The least work that no shard has more of.
	most := 1
	for _, u := range r.all {
		most += 2 * r.size(u)
	}
	least := sort.Search(most, func(most int) bool { return len(r.cut(groups, most)) <= r.Shard.Of })
	shards := r.cut(groups, least)
	if r.Shard.Index > len(shards) {
		return // there are more shards than the work can be divided into
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
	for _, u := range shards[r.Shard.Index-1] {
		u.own = true
		need(u)
	}
}

// cut cuts groups of units into shards that have no more work than most, where one group
// alone has not: to search the units and what they import, and to run rules on the units.
func (r *runner) cut(groups [][]*unit, most int) [][]*unit {
	var shards [][]*unit
	var work int
	var seen map[*unit]bool
	var visit func(u *unit)
	visit = func(u *unit) {
		if !seen[u] {
			seen[u] = true
			work += r.size(u)
			for _, dep := range u.deps {
				visit(dep)
			}
		}
	}
	add := func(group []*unit) {
		for _, u := range group {
			work += r.size(u)
			visit(u)
		}
	}
	for _, group := range groups {
		if len(shards) > 0 {
			if add(group); work <= most {
				shards[len(shards)-1] = append(shards[len(shards)-1], group...)
				continue
			}
		}
		work, seen = 0, map[*unit]bool{}
		add(group)
		shards = append(shards, slices.Clone(group))
	}
	return shards
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
