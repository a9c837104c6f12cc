package removal

import (
	"go/ast"
	"slices"
	"strings"
)

// learnTestOnly finds what production code needed before and only tests need
// now. It goes together with the tests that are about it; what a test also uses
// for something else stays, and is told. It reports whether anything new goes.
func (e *engine) learnTestOnly() bool {
	g := e.graph
	gone := map[*unit]bool{}
	for oid := range e.dead {
		if u := g.unitOf(oid); u != nil && e.unitGone(u) {
			gone[u] = true
		}
	}
	live := func(n ast.Node) bool { return e.live(n) }
	prod := g.reach(live, gone, false)
	all := g.reach(live, gone, true)
	only := map[*unit]bool{}
	for _, u := range g.units {
		if !u.file.test && g.before[u] && !prod[u] && all[u] && !gone[u] && u.file.editable() && !u.blank && !e.declared(u) &&
			!slices.ContainsFunc(u.objs, func(o objID) bool { return e.pinned[o] }) {
			only[u] = true
		}
	}
	if len(only) == 0 {
		return false
	}
	tests := map[*unit][]*unit{} // what of only each test reaches
	for _, u := range g.units {
		if u.file.test && all[u] && !gone[u] && g.isRoot(u, live) {
			if r := e.testReaches(u, only, live); len(r) > 0 {
				tests[u] = r
			}
		}
	}
	kept := map[*unit]bool{}
	for {
		changed := false
		for _, t := range g.units {
			reached, ok := tests[t]
			if !ok || kept[t] || e.isAbout(t, only, live) {
				continue
			}
			kept[t] = true
			for _, u := range reached {
				if only[u] {
					delete(only, u)
					changed = true
					e.tellTestOnly(u, t)
				}
			}
		}
		if !changed {
			break
		}
	}
	found := false
	for u := range only {
		for _, o := range u.objs {
			e.dead[o] = true
			found = true
		}
	}
	for t, reached := range tests {
		if kept[t] || !slices.ContainsFunc(reached, func(u *unit) bool { return only[u] }) {
			continue
		}
		for _, o := range t.objs {
			e.dead[o] = true
		}
		if len(t.objs) == 0 {
			e.deadUnits[t.node] = true
		}
	}
	return found
}

// testReaches returns the units of only that a test needs, through its helpers
// and through each other.
func (e *engine) testReaches(t *unit, only map[*unit]bool, live func(ast.Node) bool) []*unit {
	g := e.graph
	seen := map[*unit]bool{t: true}
	work := []*unit{t}
	var out []*unit
	for len(work) > 0 {
		u := work[len(work)-1]
		work = work[:len(work)-1]
		for _, id := range u.uses {
			if !live(id) {
				continue
			}
			for _, o := range e.x.objectsAt(id) {
				n := g.unitOf(idOf(o))
				if n == nil || seen[n] || !n.file.test && !only[n] {
					continue
				}
				for _, n := range append([]*unit{n}, e.methodsOf(n)...) {
					if seen[n] || !n.file.test && !only[n] {
						continue
					}
					seen[n] = true
					work = append(work, n)
					if only[n] {
						out = append(out, n)
					}
				}
			}
		}
	}
	return out
}

// methodsOf returns the methods of a type, which a test that names the type may
// need without naming them: as an implementation, or through an embedding.
func (e *engine) methodsOf(u *unit) []*unit {
	if _, ok := u.node.(*ast.TypeSpec); !ok || len(u.objs) == 0 {
		return nil
	}
	return e.graph.methods[u.objs[0]]
}

// isAbout reports whether a test is about what dies: it is named after one of the
// units, or calls nothing else of the program.
func (e *engine) isAbout(t *unit, only map[*unit]bool, live func(ast.Node) bool) bool {
	fd, ok := t.node.(*ast.FuncDecl)
	if !ok {
		return false
	}
	g := e.graph
	name := flatten(fd.Name.Name)
	named, others := false, false
	var used []string // other functions of the program
	seen := map[*unit]bool{t: true}
	work := []*unit{t}
	for len(work) > 0 {
		u := work[len(work)-1]
		work = work[:len(work)-1]
		for _, id := range u.uses {
			if !live(id) {
				continue
			}
			for _, o := range e.x.objectsAt(id) {
				n := g.unitOf(idOf(o))
				if n == nil || seen[n] {
					continue
				}
				seen[n] = true
				switch {
				case only[n]:
					if s := flatten(o.Name()); len(s) >= 5 && strings.Contains(name, s) {
						named = true
						name = strings.ReplaceAll(name, s, " ")
					}
				case n.file.test:
					work = append(work, n)
				default:
					if _, ok := n.node.(*ast.FuncDecl); ok {
						others = true
						used = append(used, flatten(o.Name()))
					}
				}
			}
		}
	}
	return !others || named && !slices.ContainsFunc(used, func(s string) bool { return strings.Contains(name, s) })
}

// tellTestOnly tells that a declaration stays for a test.
func (e *engine) tellTestOnly(u, t *unit) {
	name, test := "", ""
	for _, o := range u.objs {
		e.supposed[o] = true
	}
	if len(u.objs) > 0 {
		name = e.x.objs[u.objs[0]].Name()
	}
	if len(t.objs) > 0 {
		test = e.x.objs[t.objs[0]].Name()
	}
	e.tell(Residue{
		Pos: e.x.position(u.node.Pos()), Reason: "test-only",
		Message: "only tests still use " + name + " (" + test + " uses it among other things): delete it with what tests it",
	})
}
