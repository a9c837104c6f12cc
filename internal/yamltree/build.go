package yamltree

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// builder turns the parser's syntax tree into Nodes.
type builder struct {
	sink  *Sink
	text  string
	lines []Line
	mark  mark
}

// mark is a place that a column was counted up to.
type mark struct{ line, runes, bytes int }

// Line is a line of a text: [Start, End) is its content, and Next where the next
// line begins.
type Line struct{ Start, End, Next int }

// Lines cuts text as YAML does: at \n, \r\n and \r. The last line has no line
// break and may be empty.
func Lines(text string) []Line {
	var lines []Line
	start := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '\n' && text[i] != '\r' {
			continue
		}
		end := i
		if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
		lines = append(lines, Line{start, end, i + 1})
		start = i + 1
	}
	return append(lines, Line{start, len(text), len(text)})
}

// position returns the line and the column in bytes of a token, which counts
// columns in runes.
func (b *builder) position(tk *token.Token) (line, column int) {
	if tk == nil || tk.Position == nil {
		return 1, 1
	}
	line = min(max(tk.Position.Line, 1), len(b.lines))
	runes := max(tk.Position.Column, 1) - 1
	if line != b.mark.line || runes < b.mark.runes {
		b.mark = mark{line: line}
	}
	// Go on from the last token: it stands on the same line in a long list.
	rest := b.text[b.lines[line-1].Start+b.mark.bytes : b.lines[line-1].End]
	for _, r := range rest {
		if b.mark.runes == runes {
			break
		}
		b.mark.runes++
		b.mark.bytes += utf8.RuneLen(r)
	}
	return line, b.mark.bytes + 1
}

// node converts a value; what it cannot be, it records, and returns nil.
func (b *builder) node(n ast.Node) *Node {
	if n == nil {
		return nil
	}
	out := &Node{}
	out.Line, out.Column = b.position(n.GetToken())
	switch n := n.(type) {
	case *ast.NullNode:
		out.Kind, out.Plain, out.Text = Null, true, n.Token.Value
		if n.Token.Type == token.ImplicitNullType {
			out.Text = ""
		}
	case *ast.BoolNode:
		out.Kind, out.Plain, out.Text, out.Bool = Bool, true, n.Token.Value, n.Value
	case *ast.IntegerNode:
		out.Plain, out.Text = true, n.Token.Value
		if !coreInt.MatchString(out.Text) {
			b.sink.At(out, "%s is read differently by different YAML parsers (write a decimal number, or quote it if it is a text)", out.Text)
			return nil
		}
		switch v := n.Value.(type) {
		case int64:
			out.Kind, out.Int = Int, v
		case uint64:
			if v > math.MaxInt64 {
				b.sink.At(out, "%s does not fit into 64 bits (quote it if it is a text)", out.Text)
				return nil
			}
			out.Kind, out.Int = Int, int64(v)
		default:
			b.sink.At(out, "%s does not fit into 64 bits (quote it if it is a text)", out.Text)
			return nil
		}
	case *ast.FloatNode:
		if !coreFloat.MatchString(n.Token.Value) {
			b.sink.At(out, "%s is read differently by different YAML parsers (write a decimal number, or quote it if it is a text)", n.Token.Value)
			return nil
		}
		out.Kind, out.Plain, out.Text, out.Float = Float, true, n.Token.Value, n.Value
		if math.IsInf(n.Value, 0) {
			b.sink.At(out, "%s is out of range (quote it if it is a text)", out.Text)
			return nil
		}
	case *ast.InfinityNode, *ast.NanNode:
		b.sink.At(out, "%s is no value of a flag or setting (quote it if it is a text)", n.GetToken().Value)
		return nil
	case *ast.StringNode:
		out.Kind, out.Text = String, n.Value
		out.Plain = n.Token.Type == token.StringType
		if f, err := strconv.ParseFloat(out.Text, 64); out.Plain && coreFloat.MatchString(out.Text) && err == nil {
			out.Kind, out.Float = Float, f // 1e3, which the parser takes for a text
		}
	case *ast.LiteralNode:
		out.Kind, out.Text = String, n.Value.Value
	case *ast.SequenceNode:
		out.Kind, out.Flow = List, n.IsFlowStyle
		for _, v := range n.Values {
			if item := b.node(v); item != nil {
				out.Items = append(out.Items, item)
			}
		}
	case *ast.MappingNode:
		out.Kind, out.Flow = Map, n.IsFlowStyle
		for _, v := range n.Values {
			b.entry(out, v)
		}
		b.place(out)
	case *ast.MappingValueNode:
		out.Kind = Map
		b.entry(out, n)
		b.place(out)
	default:
		b.sink.At(out, "%s is not supported here", strings.ToLower(n.Type().String()))
		return nil
	}
	return out
}

// The numbers of the YAML core schema, but for decimals with leading zeros: they
// were octal once.
var (
	coreInt   = regexp.MustCompile(`^([-+]?(0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	coreFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// place moves a block mapping to its first key: the parser says where the colon is.
func (b *builder) place(m *Node) {
	if !m.Flow && len(m.Entries) > 0 {
		m.Line, m.Column = m.Entries[0].Key.Line, m.Entries[0].Key.Column
	}
}

func (b *builder) entry(m *Node, n *ast.MappingValueNode) {
	key := b.node(n.Key)
	value := b.node(n.Value)
	if key == nil || value == nil {
		return
	}
	if key.Kind == List || key.Kind == Map {
		b.sink.At(key, "a key must be a text")
		return
	}
	if value.Kind == Null && value.Text == "" {
		value.Line, value.Column = key.Line, key.Column
	}
	m.Entries = append(m.Entries, Entry{key, value})
}
