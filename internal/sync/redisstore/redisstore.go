// Package redisstore fetches flags from Redis, and what speaks its protocol: the fields
// of a hash, or the keys of a pattern, which are looked for with SCAN.
//
// The address, with its password, comes from the environment variable that a source
// names as its token; or the configuration has the address, and the variable the
// password. All that is asked is bounded by the source's timeout, and all that is
// answered by sync.MaxAnswer.
package redisstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
)

// Types are the kinds of sources that this package fetches.
func Types() []sync.Type {
	return []sync.Type{{
		Name: "redis", Fetch: fetch, Takes: []string{"environments"}, Settings: []string{"key", "pattern", "layout", sync.SettingIgnore},
		One: func(sync.Source) bool { return true }, Secrets: sync.AddressSecrets, Wrong: wrong,
	}}
}

// layout is how a program writes its flags.
type layout struct {
	// pattern is that of the keys, where the source names none.
	pattern string
	// hash is set where the flags are fields of one key.
	hash bool
	// read reads a value.
	read func(at, value string) (map[string]string, error)
	// flag returns the key of a flag from that of the store; nil: it is the same.
	flag func(stored, value string) string
}

// layouts are the layouts by their names.
var layouts = map[string]layout{
	"":             {read: sync.ValueOf},
	"percentages":  {read: percentageOf},
	"gutter":       {read: gutterOf, hash: true, flag: gutterName},
	"feature-ramp": {read: rampOf, pattern: "feature.1." + placeFlag},
}

func wrong(s sync.Source) []string {
	var out []string
	key, pattern := s.Settings["key"], s.Settings["pattern"]
	l, ok := layouts[s.Settings["layout"]]
	switch {
	case !ok:
		out = append(out, fmt.Sprintf("layout: %q is unknown (want percentages, gutter or feature-ramp, or leave it out)", s.Settings["layout"]))
	case key != "" && pattern != "":
		out = append(out, "key and pattern exclude each other (remove one)")
	case key == "" && l.hash:
		out = append(out, fmt.Sprintf("the layout %s needs key, that of the hash", s.Settings["layout"]))
	case key == "" && pattern == "" && l.pattern == "":
		out = append(out, "a source of the type redis needs key, that of a hash; or pattern, such as feature:"+placeFlag)
	case pattern != "":
		if _, err := parsePattern(pattern); err != nil {
			out = append(out, err.Error())
		}
	}
	if s.Address == "" && s.Token == "" {
		out = append(out, "a source of the type redis needs token, the variable that holds its address; or address, and token for the password")
	}
	return out
}

func fetch(ctx context.Context, s sync.Source, o sync.Options) ([]*registry.Flag, error) {
	secret, err := o.Secret(s)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, s.Wait())
	defer cancel()
	entries, err := read(within, s, secret)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && within.Err() != nil:
		return nil, sync.ErrNoAnswer
	case err != nil:
		return nil, err
	}
	l := layouts[s.Settings["layout"]]
	if l.flag != nil {
		for i, e := range entries {
			entries[i].Flag = l.flag(e.Flag, e.Value)
		}
	}
	return sync.ReadStored(s, entries, l.read)
}

// read asks for what the source names.
func read(ctx context.Context, s sync.Source, secret string) ([]sync.Stored, error) {
	c, err := dial(ctx, s, secret)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if key := s.Settings["key"]; key != "" {
		fields, err := c.hash(key)
		if err != nil {
			return nil, err
		}
		if len(fields) == 0 {
			return nil, fmt.Errorf("there is no hash %q (correct the key, and the number of the database)", key)
		}
		entries := make([]sync.Stored, 0, len(fields)/2)
		for pair := range slices.Chunk(fields, 2) {
			entries = append(entries, sync.Stored{Flag: pair[0], Value: pair[1]})
		}
		return entries, nil
	}
	p, err := parsePattern(cmp.Or(s.Settings["pattern"], layouts[s.Settings["layout"]].pattern))
	if err != nil {
		return nil, err
	}
	entries, err := c.keys(p)
	if err == nil && len(entries) == 0 {
		err = errors.New("no key matches the pattern (correct it, and the number of the database)")
	}
	return entries, err
}

const (
	placeFlag  = "{flag}"
	placeField = "{field}"
)

// pattern is how keys are named: what stands around the flag and the field.
type pattern struct {
	before, between, after string
	field                  bool
}

func parsePattern(s string) (pattern, error) {
	before, rest, ok := strings.Cut(s, placeFlag)
	if !ok || strings.Contains(rest, placeFlag) || strings.Contains(before, placeField) {
		return pattern{}, fmt.Errorf("pattern: %q has no place for the flag (want one such as feature:%s or feature:%[2]s:%s)", s, placeFlag, placeField)
	}
	between, after, field := strings.Cut(rest, placeField)
	if field && (between == "" || strings.Contains(after, placeField)) {
		return pattern{}, fmt.Errorf("pattern: %q does not tell the flag from the field (want one such as feature:%s:%s)", s, placeFlag, placeField)
	}
	if !field {
		between, after = "", rest
	}
	return pattern{before, between, after, field}, nil
}

// glob is the pattern as SCAN takes it.
func (p pattern) glob() string {
	literal := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`, `^`, `\^`).Replace
	if p.field {
		return literal(p.before) + "*" + literal(p.between) + "*" + literal(p.after)
	}
	return literal(p.before) + "*" + literal(p.after)
}

// match takes a key apart. The field is what stands behind the last text between.
func (p pattern) match(key string) (flag, field string, ok bool) {
	rest, ok := strings.CutPrefix(key, p.before)
	if !ok {
		return "", "", false
	}
	if rest, ok = strings.CutSuffix(rest, p.after); !ok {
		return "", "", false
	}
	if !p.field {
		return rest, "", rest != ""
	}
	i := strings.LastIndex(rest, p.between)
	if i < 0 {
		return "", "", false
	}
	flag, field = rest[:i], rest[i+len(p.between):]
	return flag, field, flag != "" && field != ""
}
