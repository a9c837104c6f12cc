// Package tomltree reads TOML into the tree that package yamltree has for YAML and
// JSON, with positions. Dates and times become texts.
package tomltree

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// MaxFields bounds the = and [ of a document: the parser takes time by their
// square, a second or two at most.
const MaxFields = 15_000

// Parse reads a TOML document that is named name in errors, which are
// yamltree.Errors. It refuses what TOML 1.0 does, and what yamltree.Parse refuses
// of size and depth, and more than MaxFields.
func Parse(name string, data []byte) (*yamltree.Node, error) {
	s := &yamltree.Sink{File: name}
	switch {
	case len(data) > yamltree.MaxSize:
		s.Add(0, 0, "is too large (want at most %d MiB; split it)", yamltree.MaxSize>>20)
	case len(bytes.TrimSpace(data)) == 0:
		s.Add(0, 0, "is empty")
	case !utf8.Valid(data):
		s.Add(0, 0, "is not valid UTF-8 (save the file as UTF-8)")
	case bytes.Count(data, []byte("="))+bytes.Count(data, []byte("[")) > MaxFields:
		s.Add(0, 0, "has too many fields for TOML (split the file, or write it as YAML or JSON)")
	default:
		if line, deep := tooDeep(data); deep {
			s.Add(line, 1, "is nested too deeply (want at most %d levels)", yamltree.MaxDepth)
		}
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	var whole map[string]any
	if err := toml.Unmarshal(data, &whole); err != nil {
		line, column := 1, 1
		message := "cannot be read"
		if de, ok := errors.AsType[*toml.DecodeError](err); ok {
			line, column = de.Position()
			message = strings.TrimPrefix(de.Error(), "toml: ")
		}
		s.Add(max(line, 1), max(column, 1), "is no valid TOML: %s", message)
		return nil, s.Err()
	}
	b := &builder{sink: s, root: &yamltree.Node{Kind: yamltree.Map, Line: 1, Column: 1}, children: map[child]*yamltree.Node{}}
	b.parser.Reset(data)
	b.lines = append(b.lines, 0)
	for i, c := range data {
		if c == '\n' {
			b.lines = append(b.lines, i+1)
		}
	}
	at := b.root
	for b.parser.NextExpression() {
		e := b.parser.Expression()
		switch e.Kind {
		case unstable.Table:
			at = b.table(b.root, keys(e.Key()), false)
		case unstable.ArrayTable:
			at = b.table(b.root, keys(e.Key()), true)
		case unstable.KeyValue:
			b.keyValue(at, e)
		}
	}
	if err := b.parser.Error(); err != nil {
		s.Add(1, 1, "is no valid TOML")
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	return b.root, nil
}

// tooDeep reports the first line on which brackets nest, or keys have parts,
// beyond yamltree.MaxDepth. Strings and comments are skipped.
func tooDeep(data []byte) (line int, deep bool) {
	depth, dots := 0, 0
	line = 1
	for i := 0; i < len(data); i++ {
		switch c := data[i]; c {
		case '\n':
			line++
			dots = 0
		case '#':
			for i+1 < len(data) && data[i+1] != '\n' {
				i++
			}
		case '"', '\'':
			quote := data[i : i+1]
			if bytes.HasPrefix(data[i:], bytes.Repeat(quote, 3)) {
				quote = data[i : i+3]
			}
			for i += len(quote); i < len(data) && !bytes.HasPrefix(data[i:], quote); i++ {
				if data[i] == '\\' && c == '"' {
					i++
				}
				if i < len(data) && data[i] == '\n' {
					line++
					if len(quote) == 1 {
						break
					}
				}
			}
			i += len(quote) - 1
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '.':
			dots++
		case '=', ',':
			dots = 0
		}
		if depth+dots > yamltree.MaxDepth {
			return line, true
		}
	}
	return 0, false
}

type builder struct {
	sink   *yamltree.Sink
	parser unstable.Parser
	lines  []int // offsets at which lines begin
	root   *yamltree.Node
	// children are the entries of maps, which can be many.
	children map[child]*yamltree.Node
}

type child struct {
	of  *yamltree.Node
	key string
}

func (b *builder) add(m, key, v *yamltree.Node) {
	m.Entries = append(m.Entries, yamltree.Entry{Key: key, Value: v})
	b.children[child{m, key.Text}] = v
}

func keys(it unstable.Iterator) []*unstable.Node {
	var out []*unstable.Node
	for it.Next() {
		out = append(out, it.Node())
	}
	return out
}

// position returns the line and column of bytes of the document.
func (b *builder) position(offset int) (line, column int) {
	lo, hi := 0, len(b.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; b.lines[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo + 1, offset - b.lines[lo] + 1
}

func (b *builder) key(k *unstable.Node) *yamltree.Node {
	n := &yamltree.Node{Kind: yamltree.String, Text: string(k.Data)}
	n.Line, n.Column = b.position(int(k.Raw.Offset))
	return n
}

// child returns the map that a key of m names, made where there is none; of a
// list of tables the last.
func (b *builder) child(m *yamltree.Node, k *unstable.Node) *yamltree.Node {
	if v := b.children[child{m, string(k.Data)}]; v != nil {
		if v.Kind == yamltree.List && len(v.Items) > 0 {
			return v.Items[len(v.Items)-1]
		}
		return v
	}
	key := b.key(k)
	v := &yamltree.Node{Kind: yamltree.Map, Line: key.Line, Column: key.Column}
	b.add(m, key, v)
	return v
}

func (b *builder) table(m *yamltree.Node, path []*unstable.Node, list bool) *yamltree.Node {
	if len(path) == 0 {
		return m
	}
	for _, k := range path[:len(path)-1] {
		m = b.child(m, k)
	}
	last := path[len(path)-1]
	if !list {
		return b.child(m, last)
	}
	items := b.children[child{m, string(last.Data)}]
	key := b.key(last)
	if items == nil {
		items = &yamltree.Node{Kind: yamltree.List, Line: key.Line, Column: key.Column}
		b.add(m, key, items)
	}
	item := &yamltree.Node{Kind: yamltree.Map, Line: key.Line, Column: key.Column}
	items.Items = append(items.Items, item)
	return item
}

func (b *builder) keyValue(m *yamltree.Node, e *unstable.Node) {
	path := keys(e.Key())
	if len(path) == 0 {
		return
	}
	for _, k := range path[:len(path)-1] {
		m = b.child(m, k)
	}
	key := b.key(path[len(path)-1])
	b.add(m, key, b.value(key, e.Value()))
}

// value converts a value, which stands where its key or list does if the parser
// does not say where it stands itself.
func (b *builder) value(near *yamltree.Node, v *unstable.Node) *yamltree.Node {
	n := &yamltree.Node{Line: near.Line, Column: near.Column, Plain: true, Text: string(v.Data)}
	if v.Raw.Length > 0 {
		n.Line, n.Column = b.position(int(v.Raw.Offset))
	}
	switch v.Kind {
	case unstable.String:
		n.Kind, n.Plain = yamltree.String, false
	case unstable.Bool:
		n.Kind, n.Bool = yamltree.Bool, n.Text == "true"
	case unstable.Integer:
		i, err := strconv.ParseInt(n.Text, 0, 64)
		if err != nil {
			b.sink.At(n, "a number does not fit into 64 bits (quote it if it is a text)")
		}
		n.Kind, n.Int = yamltree.Int, i
	case unstable.Float:
		f, err := strconv.ParseFloat(strings.ReplaceAll(n.Text, "_", ""), 64)
		if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
			b.sink.At(n, "a number is out of range (quote it if it is a text)")
		}
		n.Kind, n.Float = yamltree.Float, f
	case unstable.Array:
		n.Kind, n.Text, n.Flow = yamltree.List, "", true
		for it := v.Children(); it.Next(); {
			n.Items = append(n.Items, b.value(n, it.Node()))
		}
	case unstable.InlineTable:
		n.Kind, n.Text, n.Flow = yamltree.Map, "", true
		for it := v.Children(); it.Next(); {
			b.keyValue(n, it.Node())
		}
	default: // dates and times
		n.Kind = yamltree.String
	}
	return n
}
