package sync

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	gosync "sync"

	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/snapshot"
)

// Change is a field of a flag that a source says something else of than before.
type Change struct {
	Source string `json:"source"`
	Flag   string `json:"flag"`
	// What is added, removed or changed.
	What string `json:"what"`
	// Field is that of the snapshot; empty where the whole flag came or went.
	Field string `json:"field,omitempty"`
	// From and To are empty where there was, or is, nothing.
	From json.RawMessage `json:"from,omitempty"`
	To   json.RawMessage `json:"to,omitempty"`
}

// Request is what Run is asked for.
type Request struct {
	Sources []Source
	// Only names those of the sources to fetch; empty: all. The others stay as they
	// were.
	Only  []string
	Types []Type
	// Before is the last snapshot; nil: there is none.
	Before *snapshot.Snapshot
	Today  registry.Date
	// Refresh is the age in days from which a source that has not changed is written
	// as synced anew; registry.Never: never.
	Refresh int
}

// atOnce bounds the sources that are fetched at the same time.
const atOnce = 4

// Run fetches the sources and returns the snapshot that holds them, and what changed
// since the last one. What has not changed is as it was, the day included on which it
// was synced. The error holds all that went wrong; there is no snapshot then.
func Run(ctx context.Context, r Request, o Options) (*snapshot.Snapshot, []Change, error) {
	for _, name := range r.Only {
		if !slices.ContainsFunc(r.Sources, func(s Source) bool { return s.Name == name }) {
			return nil, nil, fmt.Errorf("there is no source %q in the configuration (it has %s)", name, names(r.Sources))
		}
	}
	before := r.Before
	if before == nil {
		before = &snapshot.Snapshot{}
	}
	fetched := make([][]*registry.Flag, len(r.Sources))
	errs := make([]error, len(r.Sources))
	var wg gosync.WaitGroup
	limit := make(chan struct{}, atOnce)
	for i, s := range r.Sources {
		if len(r.Only) > 0 && !slices.Contains(r.Only, s.Name) {
			continue
		}
		wg.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			fetched[i], errs[i] = fetch(ctx, s, r.Types, o)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, nil, cmp.Or(ctx.Err(), err)
	}
	after := &snapshot.Snapshot{}
	var changes []Change
	for _, old := range before.Sources {
		if !slices.ContainsFunc(r.Sources, func(s Source) bool { return s.Name == old.Name }) {
			found, err := compare(old.Name, &old, nil)
			if err != nil {
				return nil, nil, err
			}
			changes = append(changes, found...)
		}
	}
	for i, s := range r.Sources {
		old := before.Source(s.Name)
		if len(r.Only) > 0 && !slices.Contains(r.Only, s.Name) {
			if old != nil {
				after.Sources = append(after.Sources, *old)
			}
			continue
		}
		if old != nil && len(old.Flags) > 0 && len(fetched[i]) == 0 {
			// A token that may not read the flags gets an empty list from some services.
			return nil, nil, fmt.Errorf("source %q: has no flags, where it had %d (give the token the permission to read them; "+
				"if there are none any more, remove the source from the configuration)", s.Name, len(old.Flags))
		}
		src := snapshot.Source{Name: s.Name, Type: s.Type, Synced: r.Today, Flags: dated(fetched[i], old, r.Today)}
		found, err := compare(s.Name, old, &src)
		if err != nil {
			return nil, nil, err
		}
		if old != nil && old.Type == src.Type && len(found) == 0 && !r.due(old.Synced) {
			src.Synced = old.Synced
		}
		changes = append(changes, found...)
		after.Sources = append(after.Sources, src)
	}
	return after, changes, nil
}

func names(sources []Source) string {
	out := ""
	for i, s := range sources {
		if i > 0 {
			out += ", "
		}
		out += s.Name
	}
	return cmp.Or(out, "none")
}

// due reports whether a source that was synced on a day is to be written as synced
// anew though nothing changed.
func (r Request) due(synced registry.Date) bool {
	return synced.IsZero() || r.Refresh != registry.Never && r.Today.DaysSince(synced) >= r.Refresh
}

func fetch(ctx context.Context, s Source, types []Type, o Options) ([]*registry.Flag, error) {
	t, err := Lookup(types, s.Type)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Pos, err)
	}
	flags, err := t.Fetch(ctx, s, o)
	if err != nil {
		err = fmt.Errorf("source %q: %w", s.Name, err)
		if s.Token != "" {
			secrets := []string{strings.TrimSpace(o.Token(s.Token))}
			if t.Secrets != nil {
				secrets = append(secrets, t.Secrets(secrets[0])...)
			}
			err = redact(err, secrets)
		}
		return nil, err
	}
	return flags, nil
}

// dated returns the flags with a day for all that everyone is served: where the source
// tells none, it is that of the first sync that saw it.
func dated(flags []*registry.Flag, old *snapshot.Source, today registry.Date) []*registry.Flag {
	out := make([]*registry.Flag, len(flags))
	for i, f := range flags {
		c := *f
		c.Serves = slices.Clone(f.Serves)
		prev := old.Flag(f.Key)
		for j := range c.Serves {
			s := &c.Serves[j]
			if !s.Since.IsZero() || s.Only == nil && !s.Fallback {
				continue
			}
			s.Since = today
			if prev == nil {
				continue
			}
			for _, p := range prev.Serves {
				if p.Environment == s.Environment && p.Fallback == s.Fallback && !p.Since.IsZero() &&
					(p.Only == nil) == (s.Only == nil) && (p.Only == nil || p.Only.Equal(*s.Only)) {
					s.Since = p.Since
				}
			}
		}
		out[i] = &c
	}
	return out
}

// compare lists what a source says otherwise than before, by flag and field.
func compare(source string, old, now *snapshot.Source) ([]Change, error) {
	keys := map[string]bool{}
	for _, src := range []*snapshot.Source{old, now} {
		if src != nil {
			for _, f := range src.Flags {
				keys[f.Key] = true
			}
		}
	}
	var out []Change
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := old.Flag(key), now.Flag(key)
		switch {
		case a == nil:
			out = append(out, Change{Source: source, Flag: key, What: "added"})
			continue
		case b == nil:
			out = append(out, Change{Source: source, Flag: key, What: "removed"})
			continue
		}
		before, err := snapshot.Fields(a)
		if err != nil {
			return nil, err
		}
		after, err := snapshot.Fields(b)
		if err != nil {
			return nil, err
		}
		fields := maps.Clone(before)
		maps.Copy(fields, after)
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if !bytes.Equal(before[name], after[name]) {
				out = append(out, Change{Source: source, Flag: key, What: "changed", Field: name, From: before[name], To: after[name]})
			}
		}
	}
	return out, nil
}
