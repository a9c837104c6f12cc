// Package read turns registry files of other systems into flags. It reads what is
// used strictly, ignores what is not, and names the place of everything wrong. It
// never repeats a value of the file in a message: it may be a secret.
package read

import (
	"bytes"
	"path"
	"regexp"
	"sync"

	"github.com/flaghygiene/flaglint/internal/tomltree"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Shape is a format of YAML, JSON or TOML documents.
type Shape struct {
	// FormatName is the format's name.
	FormatName string
	// Runtime is set where running programs usually read such files, or what they
	// are a copy of.
	Runtime bool
	// Is recognises a document; nil: none is recognised, the format has to be named.
	Is func(root Node) bool
	// Read reads a document into the file.
	Read func(f *File, root Node)
}

// Shapes returns the shapes as formats, which share the parsing of a document.
func Shapes(shapes ...Shape) registry.Formats {
	memo := &memo{}
	out := make(registry.Formats, len(shapes))
	for i, s := range shapes {
		out[i] = shapeFormat{s, memo}
	}
	return out
}

type shapeFormat struct {
	Shape
	memo *memo
}

func (s shapeFormat) Name() string { return s.FormatName }

// Recognize implements registry.Format.
func (s shapeFormat) Recognize(name string, data []byte) registry.Match {
	root, err := s.memo.parse(name, data)
	if err != nil {
		return registry.NoMatch
	}
	if s.Is != nil && s.Is(newFile(s.Shape, name).Node(root)) {
		return registry.MatchContent
	}
	return registry.NoMatch
}

// Parse implements registry.Format.
func (s shapeFormat) Parse(name string, data []byte) ([]*registry.Flag, error) {
	root, err := s.memo.parse(name, data)
	if err != nil {
		return nil, err
	}
	f := newFile(s.Shape, name)
	top := f.Node(root)
	switch {
	case s.Is == nil && root.Kind == yamltree.Map, s.Is != nil && s.Is(top):
		s.Read(f, top)
	case !bare(root):
		f.Errorf(root.Line, root.Column, "is no registry of the format %s (name the right format, or leave it out)", s.FormatName)
	}
	return f.Flags()
}

// bare reports whether a document has lists and maps, and nothing in them: no
// content tells whether it is of a format that has no flags.
func bare(root *yamltree.Node) bool {
	empty := func(n *yamltree.Node) bool { return len(n.Items)+len(n.Entries) == 0 }
	for _, e := range root.Entries {
		if !empty(e.Value) {
			return false
		}
	}
	return len(root.Items) == 0 && (root.Kind == yamltree.List || root.Kind == yamltree.Map)
}

// memo keeps the last document that was parsed: many formats look at each.
type memo struct {
	mu   sync.Mutex
	name string
	data []byte
	root *yamltree.Node
	err  error
}

func (m *memo) parse(name string, data []byte) (*yamltree.Node, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.data != nil && m.name == name && bytes.Equal(m.data, data) {
		return m.root, m.err
	}
	parse := yamltree.Parse
	if path.Ext(name) == ".toml" {
		parse = tomltree.Parse
	}
	root, err := parse(name, data)
	m.name, m.data, m.root, m.err = name, bytes.Clone(data), root, err
	return root, err
}

// File is a registry file that is being read.
type File struct {
	// Name is what the file is called, in errors too.
	Name    string
	format  string
	runtime bool
	sink    *yamltree.Sink
	told    map[*yamltree.Node]bool // nodes that are told to be wrong
	byKey   map[string]*Row
	rows    []*Row
}

func newFile(s Shape, name string) *File {
	return NewFile(s.FormatName, name, s.Runtime)
}

// NewFile returns an empty file of a format, for formats that are no documents.
func NewFile(format, name string, runtime bool) *File {
	return &File{
		Name: name, format: format, runtime: runtime, sink: &yamltree.Sink{File: name},
		told: map[*yamltree.Node]bool{}, byKey: map[string]*Row{},
	}
}

// Errorf records that something is wrong at a line and column; the arguments must
// not be values of the file.
func (f *File) Errorf(line, column int, format string, args ...any) {
	f.sink.Add(line, column, format, args...)
}

// Broken reports whether something wrong is recorded.
func (f *File) Broken() bool { return f.sink.Len() > 0 }

// Flags returns the rows as flags, or all that is wrong.
func (f *File) Flags() ([]*registry.Flag, error) {
	if err := f.sink.Err(); err != nil {
		return nil, err
	}
	flags := make([]*registry.Flag, len(f.rows))
	for i, r := range f.rows {
		r.finish()
		flags[i] = r.Flag
	}
	return flags, nil
}

// keySyntax is what the key of a flag can be, wherever it comes from.
var keySyntax = regexp.MustCompile(`^[^\x00-\x20\x7f]([^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$`)

const maxKey = 256

// Row adds a flag whose key stands at a line and column. A key that can be none,
// and one that the file has already, are recorded as wrong.
func (f *File) Row(line, column int, key string) *Row {
	pos := registry.Position{File: f.Name, Line: line, Column: column}
	r := &Row{file: f, Flag: &registry.Flag{
		Key: key, Format: f.format, Runtime: f.runtime, Source: pos, Fields: map[string]registry.Position{},
	}}
	f.rows = append(f.rows, r)
	first := f.byKey[key]
	switch {
	case key == "":
		f.Errorf(line, column, "the key of a flag is empty")
	case len([]rune(key)) > maxKey:
		f.Errorf(line, column, "the key of a flag is longer than %d characters", maxKey)
	case !keySyntax.MatchString(key):
		f.Errorf(line, column, "the key of a flag has a control character, or a space at an end")
	case first != nil:
		f.Errorf(line, column, "flag %q stands twice (first at %d:%d; remove one)", key, first.Source.Line, first.Source.Column)
	default:
		f.byKey[key] = r
	}
	return r
}

// Lookup returns the row of a key, or nil.
func (f *File) Lookup(key string) *Row { return f.byKey[key] }

// KeyRow adds a flag whose key is the key of a map's entry.
func (f *File) KeyRow(key Node) *Row {
	return f.Row(key.place().Line, key.place().Column, key.Key())
}

// NamedRow adds a flag whose key is the text in a field of the node, which must be
// there. It returns nil where it is not.
func (f *File) NamedRow(n Node, field string) *Row {
	key, ok := n.Required(field)
	if !ok {
		return nil
	}
	text, ok := key.text()
	if !ok {
		return nil
	}
	return f.Row(key.n.Line, key.n.Column, text)
}
