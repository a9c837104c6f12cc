package sync

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// document is an answer that a registry format reads.
type document struct {
	name        string // what errors call it
	data        []byte
	format      string
	environment string // that it holds, where it does not say so itself
	list        bool   // it is known to be a list, which may be empty
}

// read parses documents of a source and joins what they say, as if each were a file
// that running programs read.
func (o Options) read(s Source, docs []document) ([]*registry.Flag, error) {
	var parts []*registry.Registry
	for _, d := range docs {
		r, err := o.Formats.Load(d.name, d.data, registry.Options{Format: d.format, Environment: d.environment, Runtime: new(true)})
		if err != nil {
			return nil, err
		}
		if r.Len() == 0 && !d.list {
			// It is something else, more likely than a service without flags: to take
			// that for an answer would delete all flags of the snapshot.
			return nil, errors.New("the answer holds no flag (correct the address, the project and the environments)")
		}
		parts = append(parts, r)
	}
	return Join(s, parts...)
}

// Join joins what the parts of a source's answer say. Environments get the names that
// the source gives them; one that it asks for, and that nothing is said of, is an error.
func Join(s Source, parts ...*registry.Registry) ([]*registry.Flag, error) {
	merged, err := registry.Merge(parts...)
	if err != nil {
		return nil, err
	}
	flags := make([]*registry.Flag, 0, merged.Len())
	named, spoken := false, map[string]bool{}
	for _, f := range merged.Flags() {
		c := *f
		c.Serves = slices.Clone(f.Serves)
		for i := range c.Serves {
			serving := &c.Serves[i]
			for _, env := range s.environments() {
				if serving.Environment == env.id {
					serving.Environment = env.name
				}
			}
			named = named || serving.Environment != ""
			spoken[serving.Environment] = true
		}
		flags = append(flags, &c)
	}
	for _, env := range s.environments() {
		if named && !spoken[env.name] {
			return nil, fmt.Errorf("the answer says nothing of the environment %s (it has %s; correct environments:)",
				env.name, strings.Join(slices.Sorted(maps.Keys(spoken)), ", "))
		}
	}
	return flags, nil
}

// object is a JSON object of an answer, its numbers as they are spelt.
type object map[string]any

// decode reads an answer into into, strictly one document.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("the answer breaks off (try again)")
		}
		if se := (*json.SyntaxError)(nil); errors.As(err, &se) {
			return fmt.Errorf("the answer is no JSON, at byte %d (correct the address)", se.Offset)
		}
		return errors.New("the answer is not what it should be (correct the address)")
	}
	if d.More() {
		return errors.New("the answer goes on after its end (correct the address)")
	}
	return nil
}

// list returns the list in a field of an answer.
func (o object) list(field string) ([]any, error) {
	list, ok := o[field].([]any)
	if !ok {
		return nil, fmt.Errorf("the answer has no list %s (correct the address)", field)
	}
	return list, nil
}

// number returns a whole number in a field, -1 where there is none.
func (o object) number(field string) int {
	n, ok := o[field].(json.Number)
	if !ok {
		return -1
	}
	i, err := n.Int64()
	if err != nil {
		return -1
	}
	return int(i)
}

// encodeLines renders a list with a line for each item, the first in line 2, between
// two texts, so that the line of an error tells the item.
func encodeLines(before string, items []any, after string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(before + "[")
	for i, item := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := encode(item)
		if err != nil {
			return nil, err
		}
		b.WriteByte('\n')
		b.Write(text)
	}
	b.WriteString("\n]" + after)
	return b.Bytes(), nil
}

// encode renders a document that was put together of pages.
func encode(v any) ([]byte, error) { return json.Marshal(v) }
