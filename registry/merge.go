package registry

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Merge joins the flags of several files, in order. Of the rows of one key, the
// one of a native registry wins, then that of a file that the running program
// does not read, then the first that it reads (Flag.Runtime): the row that wins
// gains what only the others say, and they are kept in Flag.Also. What is served
// (Flag.Serves) is collected from all of them.
//
// Two native rows are an error that names both, and so are two rows of other files
// that the running program does not read; files that it reads may repeat a flag,
// as one an environment. Rows that disagree about the type are an error; what else
// a native row contradicts is told in Flag.Conflicts. The flags given are not
// changed.
func Merge(registries ...*Registry) (*Registry, error) {
	var ranks [3][]*Flag // native, other, read by the running program
	for _, r := range registries {
		for _, f := range r.Flags() {
			switch {
			case f.Runtime:
				ranks[2] = append(ranks[2], f)
			case f.Format == FormatNative:
				ranks[0] = append(ranks[0], f)
			default:
				ranks[1] = append(ranks[1], f)
			}
		}
	}
	merged, err := New(ranks[0]...)
	if err != nil {
		return nil, err
	}
	if _, err := New(ranks[1]...); err != nil {
		return nil, err
	}
	var errs []error
	place := make(map[string]int, len(merged.flags))
	for i, f := range merged.flags {
		place[f.Key] = i
	}
	changed := map[*Flag]bool{}
	for _, f := range append(ranks[1], ranks[2]...) {
		i, ok := place[f.Key]
		if !ok {
			place[f.Key] = len(merged.flags)
			merged.flags = append(merged.flags, f)
			merged.byKey[f.Key] = f
			continue
		}
		prev := merged.flags[i]
		if !changed[prev] {
			joined := *prev
			joined.Also, joined.Serves, joined.Conflicts = slices.Clone(prev.Also), slices.Clone(prev.Serves), slices.Clone(prev.Conflicts)
			prev = &joined
			merged.flags[i], merged.byKey[f.Key] = prev, prev
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

// join adds what only the row g says to f.
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
	f.contradict(g)
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
	f.Permanent = f.Permanent || g.Permanent
	f.Locked = f.Locked || g.Locked
	f.Serves = append(f.Serves, g.Serves...)
	f.Also = append(f.Also, g)
	return nil
}

// contradict notes what a native row and the row g say differently, where it
// matters to what is found or removed.
func (f *Flag) contradict(g *Flag) {
	if f.Format != FormatNative {
		return
	}
	tell := func(field, format string, args ...any) {
		f.Conflicts = append(f.Conflicts, Conflict{field, fmt.Sprintf(format, args...) + " (correct one)", g.Source})
	}
	if f.Default != nil && g.Default != nil && !f.Default.Equal(*g.Default) {
		tell("default", "has default %s, but %s in its source", f.Default, g.Default)
	}
	if !f.Expires.IsZero() && !g.Expires.IsZero() && f.Expires != g.Expires {
		tell("expires", "expires %s, but %s in its source", f.Expires, g.Expires)
	}
	if len(f.Variants) > 0 {
		for _, v := range g.Variants {
			if !slices.ContainsFunc(f.Variants, v.Equal) {
				tell("variants", "lacks the variant %s that its source has", v)
			}
		}
	}
}
