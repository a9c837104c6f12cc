package provider

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// add enters the names of a spec into the tables.
func (s *Set) add(spec *Spec) error {
	a := adder{set: s, spec: spec}
	for i := range spec.Functions {
		a.function(&spec.Functions[i])
	}
	for i := range spec.Overrides {
		a.override(&spec.Overrides[i])
	}
	for i := range spec.Objects {
		a.object(&spec.Objects[i])
	}
	for i := range spec.Declarations {
		row := &spec.Declarations[i]
		a.fn(row.Name, func(e *entry) bool { return claim(&e.declares, row) })
	}
	for i := range spec.Containers {
		row := &spec.Containers[i]
		a.fn(row.Register, func(e *entry) bool { return claim(&e.container, row) })
		a.typ(row.Holds, func(e *typeEntry) bool {
			if e.holds == nil { // several functions may register the same containers
				e.holds = row
			}
			return true
		})
	}
	for i := range spec.Decoders {
		row := &spec.Decoders[i]
		a.fn(row.Name, func(e *entry) bool { return claim(&e.decoder, row) })
	}
	for i := range spec.Scopes {
		row := &spec.Scopes[i]
		a.fn(row.Name, func(e *entry) bool { return claim(&e.scope, row) })
	}
	for i := range spec.Fields {
		row := &spec.Fields[i]
		a.typ(row.Type, func(e *typeEntry) bool { return claim(&e.field, row) })
	}
	for _, name := range spec.Lookups {
		a.variable(name, func(t *table) map[member]*Spec { return t.lookups })
	}
	for _, name := range spec.Contains {
		a.variable(name, func(t *table) map[member]*Spec { return t.contains })
	}
	return errors.Join(a.errs...)
}

// claim sets *slot to row, and reports whether it was free, or held an equal row.
func claim[T any](slot **T, row *T) bool {
	if *slot != nil {
		return reflect.DeepEqual(*slot, row)
	}
	*slot = row
	return true
}

// adder enters the names of one spec.
type adder struct {
	set  *Set
	spec *Spec
	errs []error
}

// errorf records what is wrong with text, which stands somewhere in the spec.
func (a *adder) errorf(text, format string, args ...any) {
	a.errs = append(a.errs, a.spec.errorAt(text, format, args...))
}

// errorAt is an error about a text of the spec, with the place where it stands.
func (s *Spec) errorAt(text, format string, args ...any) error {
	err := fmt.Errorf("provider %s: "+format, append([]any{s.Name}, args...)...)
	pos, ok := s.At[text]
	if !ok {
		pos = s.Pos
	}
	if pos.File == "" {
		return err
	}
	return fmt.Errorf("%s: %w", pos, err)
}

func (a *adder) function(row *Function) {
	a.fn(row.Name, func(e *entry) bool {
		for _, f := range e.functions {
			if overlap(f.Since, f.Until, row.Since, row.Until) {
				return reflect.DeepEqual(f, row)
			}
		}
		e.functions = append(e.functions, row)
		return true
	})
	for _, o := range row.Option {
		a.fn(o, func(e *entry) bool { e.option = true; return true })
	}
	a.details(row.Name, row.Details)
}

func (a *adder) override(row *Override) {
	switch {
	case (row.Name == "") == (row.Type == ""):
		a.errorf("", "an override needs either a name or a type")
	case row.Type != "":
		a.typ(row.Type, func(e *typeEntry) bool { return claim(&e.override, row) })
	default:
		a.fn(row.Name, func(e *entry) bool {
			for _, o := range e.overrides {
				if overlap(o.Since, o.Until, row.Since, row.Until) {
					return reflect.DeepEqual(o, row)
				}
			}
			e.overrides = append(e.overrides, row)
			return true
		})
	}
	for _, f := range row.Apply {
		if _, err := a.spec.names(f); err != nil {
			a.errorf(f, "%w", err)
		}
	}
	if row.Pairs != "" && row.Pairs != "=" && row.Pairs != "+-" {
		a.errorf(row.Name, "override %s: pairs is %q (want \"=\" or \"+-\")", row.Name, row.Pairs)
	}
}

func (a *adder) object(row *Object) {
	switch {
	case (row.Declare == "") == (row.Type == ""):
		a.errorf("", "an object needs either declare (a function) or type (of literals)")
		return
	case row.Type != "":
		a.typ(row.Type, func(e *typeEntry) bool { return claim(&e.object, row) })
	default:
		a.fn(row.Declare, func(e *entry) bool { return claim(&e.declare, row) })
	}
	for i := range row.Evaluate {
		ev := &row.Evaluate[i]
		if ev.Returns != "" && ev.Returns != "func" {
			a.errorf(ev.Name, "%s: returns is %q (want \"func\", or leave it out)", ev.Name, ev.Returns)
		}
		a.fn(ev.Name, func(e *entry) bool { return claim(&e.evaluate, ev) })
		a.details(ev.Name, ev.Details)
	}
	for _, o := range row.Options {
		a.metaField(o.Sets)
		a.fn(o.Name, func(e *entry) bool {
			if e.meta != "" && e.meta != o.Sets {
				return false
			}
			e.meta = o.Sets
			return true
		})
	}
	for field := range row.Meta {
		a.metaField(field)
	}
}

func (a *adder) metaField(field string) {
	switch field {
	case "description", "owner", "issue", "expires", "created", "kind", "variants":
	default:
		a.errorf(field, "%q is no field of a flag (want description, owner, issue, expires, created, kind or variants)", field)
	}
}

func (a *adder) details(name string, details map[string]Detail) {
	for field, d := range details {
		switch d.Role {
		case RoleValue, RoleNegated, RoleVariant, RoleKey, RoleError, RoleOther:
		case RoleParam:
			if d.Key == nil {
				a.errorf(name, "%s: detail %s is a param without a key", name, field)
			}
		default:
			a.errorf(name, "%s: detail %s has role %q (want value, negated, variant, key, error, param or other)", name, field, d.Role)
		}
	}
}

// overlap reports whether two version ranges have a version in common.
func overlap(since1, until1, since2, until2 int) bool {
	return (until1 == 0 || since2 <= until1) && (until2 == 0 || since1 <= until2)
}

// tableOf returns the table for a package path of a name of the spec.
func (a *adder) tableOf(path string) *table {
	tables := a.set.exact
	for _, m := range a.spec.Modules {
		if p, _, ok := stripVersion(path, trimVersion(m)); ok {
			tables, path = a.set.stripped, p
			break
		}
	}
	t := tables[path]
	if t == nil {
		t = &table{
			members: map[member]*entry{}, types: map[string]*typeEntry{},
			lookups: map[member]*Spec{}, contains: map[member]*Spec{},
		}
		tables[path] = t
	}
	return t
}

// fn lets set enter a row for each function that name stands for.
func (a *adder) fn(name string, set func(*entry) bool) {
	a.each(name, func(full string) error {
		path, m, err := parseFunc(full)
		if err != nil {
			return err
		}
		t := a.tableOf(path)
		e := t.members[m]
		if e == nil {
			e = &entry{spec: a.spec}
			t.members[m] = e
		}
		return a.enter(full, e.spec, func() bool { return set(e) })
	})
}

// typ lets set enter a row for each type that name stands for.
func (a *adder) typ(name string, set func(*typeEntry) bool) {
	a.each(name, func(full string) error {
		path, typ, err := parseType(full)
		if err != nil {
			return err
		}
		t := a.tableOf(path)
		e := t.types[typ]
		if e == nil {
			e = &typeEntry{spec: a.spec}
			t.types[typ] = e
		}
		return a.enter(full, e.spec, func() bool { return set(e) })
	})
}

// variable enters a variable (p.V) or a field (p.T.F).
func (a *adder) variable(name string, tab func(*table) map[member]*Spec) {
	a.each(name, func(full string) error {
		path, v, err := parseType(full)
		if err != nil {
			return err
		}
		// p.T.F also reads as variable F of a package "p.T": both are entered,
		// only one of them can exist.
		tab(a.tableOf(path))[member{name: v}] = a.spec
		if pkg, typ, err := parseType(path); err == nil {
			tab(a.tableOf(pkg))[member{recv: typ, name: v}] = a.spec
		}
		return nil
	})
}

// enter runs set unless the name is another spec's. A built-in spec gives way to
// a configured one, which was entered first.
func (a *adder) enter(full string, owner *Spec, set func() bool) error {
	switch {
	case owner == a.spec && set():
		return nil
	case owner == a.spec:
		return fmt.Errorf("%s is given twice (keep one)", full)
	case a.spec.builtin && !owner.builtin:
		return nil
	}
	return fmt.Errorf("%s is also named by provider %s (keep one)", full, owner.Name)
}

// each runs do for every name that name stands for.
func (a *adder) each(name string, do func(string) error) {
	if strings.TrimSpace(name) == "" {
		a.errorf("", "a name is empty")
		return
	}
	names, err := a.spec.names(name)
	if err != nil {
		a.errorf(name, "%w", err)
		return
	}
	for _, full := range names {
		if err := do(full); err != nil {
			a.errorf(name, "%w", err)
		}
	}
}
