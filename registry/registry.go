package registry

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Registry is a set of flags in the order of their declaration. The nil
// *Registry is empty.
type Registry struct {
	flags []*Flag
	byKey map[string]*Flag
}

// New makes a registry of flags. A key that is declared twice is an error that
// names both places; what Merge joins is not.
func New(flags ...*Flag) (*Registry, error) {
	r := &Registry{byKey: make(map[string]*Flag, len(flags))}
	var errs []error
	for _, f := range flags {
		prev := r.byKey[f.Key]
		if prev == nil {
			r.flags = append(r.flags, f)
			r.byKey[f.Key] = f
			continue
		}
		errs = append(errs, fmt.Errorf("%s: duplicate flag %q (first at %s; remove one)", f.Source, f.Key, prev.Source))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return r, nil
}

// Flags returns the flags in the order of their declaration. The slice is the
// caller's, the flags are shared.
func (r *Registry) Flags() []*Flag {
	if r == nil {
		return nil
	}
	return slices.Clone(r.flags)
}

// Len is the number of flags.
func (r *Registry) Len() int {
	if r == nil {
		return 0
	}
	return len(r.flags)
}

// Lookup returns the flag with that key, or nil.
func (r *Registry) Lookup(key string) *Flag {
	if r == nil {
		return nil
	}
	return r.byKey[key]
}

// Merge joins the flags of several files, in order. Two files that both own a
// flag are an error that names both rows. A registry that the running program
// reads (Flag.Runtime) owns nothing: where another file declares the same key,
// its row gains what only the runtime row says, and the runtime row is kept in
// Flag.Also; rows that disagree about the type are an error. The flags given are
// not changed.
func Merge(registries ...*Registry) (*Registry, error) {
	var owned, runtime []*Flag
	for _, r := range registries {
		for _, f := range r.Flags() {
			if f.Runtime {
				runtime = append(runtime, f)
			} else {
				owned = append(owned, f)
			}
		}
	}
	merged, err := New(owned...)
	if err != nil {
		return nil, err
	}
	var errs []error
	changed := map[*Flag]bool{}
	for _, f := range runtime {
		prev, ok := merged.byKey[f.Key]
		if !ok {
			merged.flags = append(merged.flags, f)
			merged.byKey[f.Key] = f
			continue
		}
		if !changed[prev] {
			joined := *prev
			joined.Also = slices.Clone(prev.Also)
			merged.replace(prev, &joined)
			prev = &joined
			changed[prev] = true
		}
		if err := prev.join(f); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return merged, nil
}

func (r *Registry) replace(old, with *Flag) {
	r.flags[slices.Index(r.flags, old)] = with
	r.byKey[with.Key] = with
}

// join adds what only the runtime row g says to f.
func (f *Flag) join(g *Flag) error {
	_, typed := f.Fields["type"]
	implied := f.Format == FormatNative && !typed // bool, because the row does not say
	switch {
	case f.Type == g.Type || g.Type == TypeUnknown:
	case f.Type == TypeUnknown, implied && f.Default == nil && f.Value == nil && len(f.Variants) == 0:
		f.Type = g.Type
	default:
		return fmt.Errorf("%s: flag %q is of type %s, but %s says %s (correct the type of one)",
			f.Source, f.Key, f.Type, g.Source, g.Type)
	}
	if len(f.Variants) == 0 {
		f.Variants = g.Variants
	}
	if f.Default == nil {
		f.Default = g.Default
	}
	if f.State == StateUnknown {
		f.State, f.Value, f.Since = g.State, cmp.Or(f.Value, g.Value), cmp.Or(f.Since, g.Since)
	}
	f.Kind = cmp.Or(f.Kind, g.Kind)
	f.Description = cmp.Or(f.Description, g.Description)
	f.Owner = cmp.Or(f.Owner, g.Owner)
	f.Created = cmp.Or(f.Created, g.Created)
	f.Expires = cmp.Or(f.Expires, g.Expires)
	f.Issue = cmp.Or(f.Issue, g.Issue)
	if len(f.Tags) == 0 {
		f.Tags = g.Tags
	}
	if len(f.Requires) == 0 {
		f.Requires = g.Requires
	}
	f.Also = append(f.Also, g)
	return nil
}
