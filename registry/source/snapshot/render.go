package snapshot

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// The documents below are what the file holds, in this order of fields.
type document struct {
	Flaglint string  `json:"flaglint"`
	Version  int     `json:"version"`
	Sources  ordered `json:"sources"`
}

type sourceDocument struct {
	Type   string  `json:"type"`
	Synced string  `json:"synced,omitempty"`
	Flags  ordered `json:"flags"`
}

type flagDocument struct {
	Type        registry.Type     `json:"type,omitempty"`
	Variants    []any             `json:"variants,omitempty"`
	Default     *any              `json:"default,omitempty"`
	Kind        registry.Kind     `json:"kind,omitempty"`
	State       registry.State    `json:"state,omitempty"`
	Value       *any              `json:"value,omitempty"`
	Since       string            `json:"since,omitempty"`
	Description string            `json:"description,omitempty"`
	Owner       string            `json:"owner,omitempty"`
	Created     string            `json:"created,omitempty"`
	Expires     string            `json:"expires,omitempty"`
	Issue       string            `json:"issue,omitempty"`
	Tags        []string          `json:"tags,omitempty"`
	Requires    []string          `json:"requires,omitempty"`
	Permanent   bool              `json:"permanent,omitempty"`
	Locked      bool              `json:"locked,omitempty"`
	Serves      []servingDocument `json:"serves,omitempty"`
}

type servingDocument struct {
	Environment string `json:"environment,omitempty"`
	Only        *any   `json:"only,omitempty"`
	Fallback    bool   `json:"fallback,omitempty"`
	Since       string `json:"since,omitempty"`
}

// ordered is a JSON object whose fields have an order.
type ordered []field

type field struct {
	key   string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := encode(f.key)
		if err != nil {
			return nil, err
		}
		value, err := encode(f.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode is json.Marshal without the escapes that HTML needs, and people do not.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Render writes the snapshot, sources by name, flags by key and environments by
// name, a field a line: the same snapshot gives the same bytes.
func Render(s *Snapshot) ([]byte, error) {
	doc := document{Flaglint: FormatName, Version: version, Sources: ordered{}}
	sources := slices.Clone(s.Sources)
	slices.SortFunc(sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	for _, src := range sources {
		d := sourceDocument{Type: src.Type, Synced: src.Synced.String(), Flags: ordered{}}
		flags := slices.Clone(src.Flags)
		sortFlags(flags)
		for _, f := range flags {
			d.Flags = append(d.Flags, field{f.Key, flagOf(f)})
		}
		doc.Sources = append(doc.Sources, field{src.Name, d})
	}
	compact, err := encode(doc)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func flagOf(f *registry.Flag) flagDocument {
	d := flagDocument{
		Type: f.Type, Default: plain(f.Default), Kind: f.Kind, Description: f.Description, Owner: f.Owner, Created: f.Created.String(),
		State: f.State, Value: plain(f.Value), Since: f.Since.String(),
		Expires: f.Expires.String(), Issue: f.Issue, Permanent: f.Permanent, Locked: f.Locked,
		Tags: slices.Sorted(slices.Values(f.Tags)),
	}
	for _, v := range f.Variants {
		d.Variants = append(d.Variants, v.Any())
	}
	for _, r := range f.Requires {
		d.Requires = append(d.Requires, r.Key)
	}
	slices.Sort(d.Requires)
	serves := slices.Clone(f.Serves)
	slices.SortStableFunc(serves, func(a, b registry.Serving) int { return strings.Compare(a.Environment, b.Environment) })
	for _, s := range serves {
		d.Serves = append(d.Serves, servingDocument{Environment: s.Environment, Only: plain(s.Only), Fallback: s.Fallback, Since: s.Since.String()})
	}
	return d
}

// plain is a value as encoding/json takes it; nil is none.
func plain(v *registry.Value) *any {
	if v == nil {
		return nil
	}
	a := v.Any()
	return &a
}

// Fields tells what a snapshot keeps of a flag, field by field, as JSON. What it
// serves is a field serves.ENVIRONMENT each, a list of all that is said of one.
func Fields(f *registry.Flag) (map[string]json.RawMessage, error) {
	d := flagOf(f)
	serves := map[string][]servingDocument{}
	for _, s := range d.Serves {
		name := "serves." + s.Environment
		s.Environment = ""
		serves[name] = append(serves[name], s)
	}
	d.Serves = nil
	data, err := encode(d)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, err
	}
	for name, list := range serves {
		var v any = list
		if len(list) == 1 {
			v = list[0]
		}
		if out[name], err = encode(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}
