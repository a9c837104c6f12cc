package registry

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Serving is what a source says that one environment gives to evaluations of a
// flag.
type Serving struct {
	// Environment is the environment's name; empty where the source names none,
	// and speaks for all.
	Environment string
	// Only is the one value that everyone gets; nil where it depends.
	Only *Value
	// Fallback is set where everyone gets what the code falls back to, as if the
	// flag did not exist. Only is nil then.
	Fallback bool
	// Since is the day from which this has surely been so: the last change.
	Since Date
	// Pos is where the source says so.
	Pos Position
}

// constant reports whether everyone gets the same.
func (s Serving) constant() bool { return s.Only != nil || s.Fallback }

func (s Serving) same(t Serving) bool {
	if s.Fallback || t.Fallback {
		return s.Fallback && t.Fallback
	}
	return s.Only != nil && t.Only != nil && s.Only.Equal(*t.Only)
}

// String says what is served, for messages.
func (s Serving) String() string {
	in := ""
	if s.Environment != "" {
		in = " in " + s.Environment
	}
	switch {
	case s.Fallback:
		return "serves nothing" + in
	case s.Only != nil:
		return "serves " + s.Only.String() + in
	}
	return "serves different values" + in
}

// Conflict is a place where a row of flags.yaml and a source of the flag's state
// say different things; the row wins.
type Conflict struct {
	Field   string // of the row
	Message string // what the row says, and what the source says
	Pos     Position
}

// Settle decides the state of every flag that a source speaks of, out of what is
// served in the environments named; none named means all that the sources name.
//
//   - All of them serve everyone the same value: the flag is rolled-out with that
//     value, or retired with it where its source calls it completed. Since is the
//     latest of their dates, and not given where one is not.
//   - Otherwise, and where a source names environments but not one of these, it is
//     active. So is a flag that is to stay (Permanent, a kill switch, a permission).
//
// A state that flags.yaml gives is kept. It is an error for it to name another
// value than everyone is served; that it decides a flag that is served differently
// is a Conflict. Environments that no source knows are an error, if any source
// names some. The flags given are not changed.
func Settle(r *Registry, environments []string) (*Registry, error) {
	if r == nil {
		return nil, nil
	}
	if err := knownEnvironments(r, environments); err != nil {
		return nil, err
	}
	out := &Registry{byKey: make(map[string]*Flag, len(r.flags))}
	var errs []string
	for _, f := range r.flags {
		if len(f.Serves) > 0 {
			settled := *f
			settled.Conflicts = slices.Clone(f.Conflicts)
			if err := settled.settle(environments); err != nil {
				errs = append(errs, err.Error())
			}
			f = &settled
		}
		out.flags = append(out.flags, f)
		out.byKey[f.Key] = f
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(errs, "\n"))
	}
	return out, nil
}

func knownEnvironments(r *Registry, environments []string) error {
	known := map[string]bool{}
	for _, f := range r.flags {
		for _, s := range f.Serves {
			known[s.Environment] = true
		}
	}
	delete(known, "")
	if len(known) == 0 {
		return nil
	}
	for _, name := range environments {
		if !known[name] {
			return fmt.Errorf("environments: no registry speaks of %q (want some of %s)", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
	}
	return nil
}

// servings are those of the environments named; whole is unset where one of them
// is not spoken of.
func (f *Flag) servings(environments []string) (found []Serving, whole bool) {
	if len(environments) == 0 {
		return f.Serves, true
	}
	whole = true
	for _, name := range environments {
		n := len(found)
		for _, s := range f.Serves {
			if s.Environment == name || s.Environment == "" && !slices.ContainsFunc(found, func(t Serving) bool { return t.Pos == s.Pos }) {
				found = append(found, s)
			}
		}
		spoken := len(found) > n || slices.ContainsFunc(f.Serves, func(s Serving) bool { return s.Environment == "" })
		whole = whole && spoken
	}
	return found, whole
}

func (f *Flag) settle(environments []string) error {
	found, whole := f.servings(environments)
	agreed := whole && len(found) > 0
	for _, s := range found {
		agreed = agreed && s.constant() && s.same(found[0])
	}
	var only *Value
	if agreed {
		if only = found[0].Only; only == nil {
			only = f.Default
		}
	}
	if _, given := f.Fields["state"]; given {
		return f.compare(found, agreed, only)
	}
	stays := f.Permanent || f.Kind == KindKillSwitch || f.Kind == KindPermission
	switch {
	case !agreed, stays && f.State != StateRetired:
		f.State, f.Value, f.Since = StateActive, nil, Date{}
		return nil
	case f.State != StateRetired:
		f.State = StateRolledOut
	}
	f.Value, f.Since = only, found[0].Since
	for _, s := range found {
		if s.Since.IsZero() {
			f.Since = Date{}
			break
		}
		if f.Since.Before(s.Since) {
			f.Since = s.Since
		}
	}
	return nil
}

// compare holds a state that flags.yaml gives against what is served.
func (f *Flag) compare(found []Serving, agreed bool, only *Value) error {
	if f.State != StateRolledOut && f.State != StateRetired || len(found) == 0 {
		return nil
	}
	if !agreed {
		at := found[0]
		for _, s := range found {
			if !s.constant() {
				at = s
			}
		}
		f.Conflicts = append(f.Conflicts, Conflict{
			Field: "state", Message: fmt.Sprintf("is %s, but its source still %s (correct one)", f.State, at), Pos: at.Pos,
		})
		return nil
	}
	switch {
	case f.Value == nil:
		f.Value = only
	case only != nil && !f.Value.Equal(*only):
		// The value of the source can be a secret.
		return fmt.Errorf("%s: flag %q is %s with %s, but %s serves everyone another value (correct one of them)",
			f.Source, f.Key, f.State, f.Value, found[0].Pos)
	}
	return nil
}
