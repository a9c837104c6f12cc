package yamltree

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The bounds of a document. A larger one is refused before it is parsed.
const (
	MaxSize  = 8 << 20 // bytes
	MaxDepth = 64      // lists and maps inside each other
	// MaxMarks bounds the colons, dashes, brackets, quotes … of YAML, whose parser
	// takes memory by them and time by their square: some 15,000 flags and a few
	// seconds. JSON has no such bound.
	MaxMarks = 200_000
)

// Parse reads the one document of a file that is named name in errors. It
// refuses, as Errors, what the package comment says, and text that is empty,
// binary, no UTF-8, too large or too deep.
func Parse(name string, data []byte) (*Node, error) {
	s := &Sink{File: name}
	text, ok := checkText(s, data)
	if !ok {
		return nil, s.Err()
	}
	var root *Node
	if looksLikeJSON(text) {
		root = parseJSON(s, text)
	} else {
		root = parseYAML(s, text)
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	return root, nil
}

var utf8BOM = []byte("\xef\xbb\xbf")

// checkText refuses bytes that are no text, and returns them without a byte
// order mark.
func checkText(s *Sink, data []byte) (string, bool) {
	if len(data) > MaxSize {
		s.Add(0, 0, "is too large: %d MiB (want at most %d MiB; split it)", (len(data)+1<<20-1)>>20, MaxSize>>20)
		return "", false
	}
	data = bytes.TrimPrefix(data, utf8BOM)
	if len(bytes.TrimSpace(data)) == 0 {
		s.Add(0, 0, "is empty")
		return "", false
	}
	if bytes.IndexByte(data, 0) >= 0 {
		s.Add(0, 0, "is binary (want YAML or JSON text)")
		return "", false
	}
	line, start := 1, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == '\n' || r == '\r':
			if r == '\n' || i+1 == len(data) || data[i+1] != '\n' {
				line, start = line+1, i+1
			}
		case r == utf8.RuneError && size == 1:
			s.Add(line, i-start+1, "is not valid UTF-8 (save the file as UTF-8)")
			return "", false
		case r < ' ' && r != '\t' || r == 0x7f:
			s.Add(line, i-start+1, "control character %U (remove it)", r)
			return "", false
		}
		i += size
	}
	return string(data), true
}

// looksLikeJSON reports whether the text is JSON. JSON is YAML too, but not to
// the last tab and escape for the YAML parser used.
func looksLikeJSON(text string) bool {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	return (strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[")) && json.Valid([]byte(text))
}

func parseYAML(s *Sink, text string) (root *Node) {
	// The lexer miscounts lines that end otherwise. YAML reads every break as \n.
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if countMarks(text) > MaxMarks {
		s.Add(0, 0, "has too many fields for YAML (split the file, or write it as JSON)")
		return nil
	}
	tokens := lexer.Tokenize(text)
	b := &builder{sink: s, text: text, lines: Lines(text)}
	if !b.checkTokens(tokens) {
		return nil
	}
	defer func() {
		// The parser indexes into its tokens without a check in places: what it
		// cannot bear is malformed.
		if r := recover(); r != nil {
			s.Add(1, 1, "is no valid YAML")
			root = nil
		}
	}()
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		b.syntaxError(err)
		return nil
	}
	var bodies []*ast.DocumentNode
	for _, doc := range file.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc)
		}
	}
	switch {
	case len(bodies) == 0:
		s.Add(0, 0, "is empty")
		return nil
	case len(file.Docs) > 1:
		at := file.Docs[min(slices.Index(file.Docs, bodies[0])+1, len(file.Docs)-1)]
		var line, column int
		if at.Start != nil {
			line, column = b.position(at.Start)
		} else if n := b.node(at.Body); n != nil {
			line, column = n.Line, n.Column
		}
		s.Add(line, column, "more than one YAML document (want one: remove the --- and what belongs to it)")
		return nil
	}
	return b.node(bodies[0].Body)
}

// syntaxError records what the parser says, in one line.
func (b *builder) syntaxError(err error) {
	var yerr yaml.Error
	if !errors.As(err, &yerr) {
		first, _, _ := strings.Cut(err.Error(), "\n")
		b.sink.Add(1, 1, "is no valid YAML: %s", first)
		return
	}
	line, column := b.position(yerr.GetToken())
	msg, _, _ := strings.Cut(yerr.GetMessage(), "\n")
	b.sink.Add(line, column, "is no valid YAML: %s", msg)
}

// checkTokens refuses what the tree does not hold and what is nested too deeply,
// before the parser recurses into it.
func (b *builder) checkTokens(tokens token.Tokens) bool {
	flow := 0
	var block []int // columns of the open block collections
	for _, tk := range tokens {
		switch tk.Type {
		case token.AnchorType, token.AliasType:
			b.refuse(tk, "anchors and aliases are not supported (write the value out; quote a text that begins with & or *)")
			return false
		case token.MergeKeyType:
			b.refuse(tk, "merge keys are not supported (write the fields out)")
			return false
		case token.TagType:
			b.refuse(tk, "tags are not supported (leave it out; quote a text that begins with !)")
			return false
		case token.DirectiveType:
			b.refuse(tk, "YAML directives are not supported (leave it out)")
			return false
		case token.MappingKeyType:
			b.refuse(tk, "complex keys are not supported (write KEY: VALUE)")
			return false
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.DocumentHeaderType, token.DocumentEndType:
			block = block[:0]
		case token.SequenceEntryType:
			if flow <= 0 {
				block = open(block, tk.Position.Column)
			}
		case token.MappingValueType:
			if flow <= 0 && tk.Prev != nil {
				block = open(block, tk.Prev.Position.Column)
			}
		}
		if flow+len(block) > MaxDepth {
			b.refuse(tk, "is nested too deeply (want at most 64 levels)")
			return false
		}
	}
	return true
}

// countMarks counts the characters that can be marks of YAML's grammar: brackets
// and commas, and other indicators beside a space or a bracket. Text has about
// twice as many tokens at most.
func countMarks(text string) int {
	const always, beside = "[]{},", ":-?&*!'\"#|>%"
	edge := func(i int) bool { return i < 0 || i >= len(text) || strings.IndexByte(" \t\n"+always, text[i]) >= 0 }
	marks := 0
	for i := range len(text) {
		c := text[i]
		if strings.IndexByte(always, c) >= 0 || strings.IndexByte(beside, c) >= 0 && (edge(i-1) || edge(i+1)) {
			marks++
		}
	}
	return marks
}

// open returns the columns of the open block collections once one at that column
// begins or goes on.
func open(columns []int, column int) []int {
	for len(columns) > 0 && columns[len(columns)-1] >= column {
		columns = columns[:len(columns)-1]
	}
	return append(columns, column)
}

func (b *builder) refuse(tk *token.Token, msg string) {
	line, column := b.position(tk)
	b.sink.Add(line, column, "%s", msg)
}
