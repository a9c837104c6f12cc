package registry

import (
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
