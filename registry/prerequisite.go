package registry

import (
	"fmt"
	"slices"
	"strings"
)

// Prerequisites returns what is wrong with the requirements of the flags, in
// their order: one that no registry has, that is retired, that is expired, or
// that leads back to the flag itself. A cycle is told once, at the first flag of
// it. Flags that are retired themselves are about to go and are left out.
func (r *Registry) Prerequisites(today Date, next string) []Problem {
	var problems []Problem
	cycles := r.cycles()
	for _, f := range r.Flags() {
		if f.IsRetired() {
			continue
		}
		for _, q := range f.Requires {
			g := r.Lookup(q.Key)
			tell := func(format string, args ...any) {
				p := Problem{Flag: f, Pos: q.Pos, Message: fmt.Sprintf("flag %q requires %q, ", f.Key, q.Key) + fmt.Sprintf(format, args...)}
				if g != nil {
					p.Related = []Position{g.Source}
				}
				problems = append(problems, p)
			}
			switch {
			case g == nil:
				near := r.Nearest(q.Key)
				if len(near) == 1 && near[0] != f.Key {
					tell("which no registry has (did you mean %q?)", near[0])
				} else {
					tell("which no registry has")
				}
			case g.IsRetired():
				tell("which is retired (drop the requirement)")
			case g.IsExpired(today, next):
				tell("which expired (%s)", g.Expires)
			}
			if path := cycles[edge{f.Key, q.Key}]; path != nil {
				tell("which leads back to it: %s", strings.Join(path, " → "))
			}
		}
	}
	return problems
}

// edge is a requirement: from requires to.
type edge struct{ from, to string }

// cycles finds, for every group of flags that require each other, a shortest way
// from its first flag back to it, by the requirement that begins it.
func (r *Registry) cycles() map[edge][]string {
	requires, users := graph{}, graph{}
	for _, f := range r.Flags() {
		for _, q := range f.Requires {
			if g := r.Lookup(q.Key); g != nil && !f.IsRetired() && !g.IsRetired() {
				requires[f.Key] = append(requires[f.Key], q.Key)
				users[q.Key] = append(users[q.Key], f.Key)
			}
		}
	}
	// What leads nowhere and what nothing leads to is in no cycle: without it the
	// searches below are short.
	requires.peel(users)
	users.peel(requires)

	found := map[edge][]string{}
	told := map[string]bool{}
	for _, f := range r.Flags() {
		if told[f.Key] {
			continue
		}
		path := requires.wayBack(f.Key)
		if path == nil {
			continue
		}
		found[edge{f.Key, path[1]}] = path
		back := users.reachable(f.Key)
		for key := range requires.reachable(f.Key) {
			told[key] = told[key] || back[key]
		}
	}
	return found
}

// graph maps a key to the keys that its edges lead to.
type graph map[string][]string

// peel removes, again and again, the nodes without edges; reverse is the same
// graph with its edges turned.
func (g graph) peel(reverse graph) {
	var queue []string
	for _, to := range g {
		for _, key := range to {
			if len(g[key]) == 0 {
				queue = append(queue, key)
			}
		}
	}
	slices.Sort(queue)
	queue = slices.Compact(queue)
	for ; len(queue) > 0; queue = queue[1:] {
		key := queue[0]
		for _, from := range reverse[key] {
			g[from] = slices.DeleteFunc(g[from], func(k string) bool { return k == key })
			if len(g[from]) == 0 {
				delete(g, from)
				queue = append(queue, from)
			}
		}
		delete(reverse, key)
	}
}

// wayBack searches breadth first for a shortest way from a key to itself.
func (g graph) wayBack(start string) []string {
	from := map[string]string{}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		for _, next := range g[queue[0]] {
			if next == start {
				path := []string{start}
				for at := queue[0]; at != start; at = from[at] {
					path = append(path, at)
				}
				path = append(path, start)
				slices.Reverse(path)
				return path
			}
			if _, ok := from[next]; !ok {
				from[next] = queue[0]
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// reachable returns what the edges lead to from a key, itself included.
func (g graph) reachable(key string) map[string]bool {
	found := map[string]bool{key: true}
	for queue := []string{key}; len(queue) > 0; queue = queue[1:] {
		for _, k := range g[queue[0]] {
			if !found[k] {
				found[k] = true
				queue = append(queue, k)
			}
		}
	}
	return found
}
