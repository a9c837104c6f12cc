package registry

import (
	"path"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// Parse reads a registry in the native format, flags.yaml or JSON of the same
// shape. It is strict; the error holds all that is wrong, one
// FILE:LINE:COL: message a line. It refuses files over 8 MiB, nested more than
// 64 levels, and YAML anchors, aliases and tags.
func Parse(name string, data []byte) (*Registry, error) {
	flags, err := Native().Parse(name, data)
	if err != nil {
		return nil, err
	}
	return New(flags...)
}

// Native returns the native format.
func Native() Format { return native{} }

type native struct{}

func (native) Name() string { return FormatNative }

// Recognize knows the name flags.yaml, and content that has a version that is a
// number and flags that are no list: no other format has both.
func (native) Recognize(name string, data []byte) Match {
	if root, err := yamltree.Parse(name, data); err == nil {
		version, flags := root.Get("version"), root.Get("flags")
		if version != nil && version.Kind == yamltree.Int && flags != nil && flags.Kind != yamltree.List {
			return MatchContent
		}
	}
	switch path.Base(name) {
	case "flags.yaml", "flags.yml":
		return MatchName
	}
	return NoMatch
}

func (native) Parse(name string, data []byte) ([]*Flag, error) {
	root, err := yamltree.Parse(name, data)
	if err != nil {
		return nil, err
	}
	p := &nativeParser{sink: &yamltree.Sink{File: name}}
	flags := p.document(root)
	if err := p.sink.Err(); err != nil {
		return nil, err
	}
	return flags, nil
}

type nativeParser struct {
	sink *yamltree.Sink
}

func (p *nativeParser) document(root *yamltree.Node) []*Flag {
	if root.Kind != yamltree.Map {
		p.sink.At(root, "want version: 1 and flags: …, not %s", root.Describe())
		return nil
	}
	var flags []*Flag
	known := []string{"version", "flags", "$schema"}
	for key, value := range p.sink.Entries(root) {
		switch key.Text {
		case "version":
			if value.Kind != yamltree.Int || value.Int != 1 {
				p.sink.At(key, "version: %s is not supported (want 1)", value.Describe())
			}
		case "flags":
			flags = p.rows(key, value)
		case "$schema":
			if value.Kind != yamltree.String {
				p.sink.WantString(value, "$schema")
			}
		default:
			p.sink.UnknownKey(key, known)
		}
	}
	for _, key := range known[:2] {
		if root.Get(key) == nil {
			p.sink.At(root, "has no %s (add %s)", key, map[string]string{"version": "version: 1", "flags": "flags: {}"}[key])
		}
	}
	return flags
}

func (p *nativeParser) rows(key, n *yamltree.Node) []*Flag {
	switch {
	case n.Kind == yamltree.Null:
		p.sink.At(key, "flags has no value (write flags: {} for none)")
		return nil
	case n.Kind != yamltree.Map:
		p.sink.At(key, "flags: %s is not a map from key to flag", n.Describe())
		return nil
	}
	flags := make([]*Flag, 0, len(n.Entries))
	for key, value := range p.sink.Entries(n) {
		flags = append(flags, p.row(key, value))
	}
	return flags
}

func (p *nativeParser) position(n *yamltree.Node) Position {
	return Position{File: p.sink.File, Line: n.Line, Column: n.Column}
}

func (p *nativeParser) row(key, n *yamltree.Node) *Flag {
	f := &Flag{Key: key.Text, Type: TypeBool, Format: FormatNative, Source: p.position(key), Fields: map[string]Position{}}
	p.key(key, "flag")
	if n.Kind != yamltree.Map {
		p.sink.At(key, "flag %q: %s is not a map of fields (write {} for none)", key.Text, n.Describe())
		return f
	}
	row := &rowParser{p, f, n.Get("type") != nil}
	if t := n.Get("type"); t != nil {
		f.Type = Type(t.Text) // checked with the other fields
	}
	names := FieldNames()
	for key, value := range p.sink.Entries(n) {
		read := rowFields[key.Text]
		if read == nil {
			p.sink.UnknownKey(key, names)
			continue
		}
		f.Fields[key.Text] = p.position(key)
		if value.Kind == yamltree.Null && (value.Text == "" || f.Type != TypeJSON || !valueField(key.Text)) {
			p.sink.At(key, "%s has no value (give one, or remove the line)", key.Text)
			continue
		}
		read(row, key, value)
	}
	row.checkVariants(n)
	return f
}

// key refuses what can be no flag's key.
func (p *nativeParser) key(n *yamltree.Node, what string) {
	switch {
	case n.Kind != yamltree.String:
		p.sink.At(n, "%s key %s is %s, not a string (quote it)", what, n.Text, n.Kind)
	case n.Text == "":
		p.sink.At(n, "%s key is empty", what)
	case len([]rune(n.Text)) > maxKey:
		p.sink.At(n, "%s key is longer than %d characters", what, maxKey)
	case !keySyntax.MatchString(n.Text):
		p.sink.At(n, "%s key %q has a control character, or a space at an end (remove it)", what, n.Text)
	}
}

func valueField(name string) bool { return name == "default" || name == "value" || name == "variants" }

// FieldNames returns the names that the fields of a flag have in flags.yaml, and
// in Flag.Fields, in their documented order.
func FieldNames() []string {
	return strings.Fields("type variants default kind state value since description owner created expires issue tags requires")
}
