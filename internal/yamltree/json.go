package yamltree

import (
	"encoding/json"
	"strconv"
	"strings"
)

// parseJSON reads text that json.Valid has passed.
func parseJSON(s *Sink, text string) *Node {
	p := &jsonParser{sink: s, text: text, dec: json.NewDecoder(strings.NewReader(text)), line: 1}
	p.dec.UseNumber()
	return p.value(0)
}

type jsonParser struct {
	sink *Sink
	text string
	dec  *json.Decoder

	// line is the line of offset at, which starts at start.
	line, start, at int
}

// next returns the next token in a node that has its position.
func (p *jsonParser) next() (json.Token, *Node) {
	offset := int(p.dec.InputOffset())
	for offset < len(p.text) && strings.IndexByte(" \t\r\n,:", p.text[offset]) >= 0 {
		offset++
	}
	for ; p.at < offset; p.at++ {
		c := p.text[p.at]
		if c == '\n' || c == '\r' && (p.at+1 == len(p.text) || p.text[p.at+1] != '\n') {
			p.line, p.start = p.line+1, p.at+1
		}
	}
	n := &Node{Line: p.line, Column: offset - p.start + 1}
	tok, err := p.dec.Token()
	if err != nil {
		p.sink.At(n, "is no valid JSON: %v", err)
		return nil, nil
	}
	return tok, n
}

func (p *jsonParser) value(depth int) *Node {
	tok, n := p.next()
	if n == nil {
		return nil
	}
	switch tok := tok.(type) {
	case nil:
		n.Kind, n.Text, n.Plain = Null, "null", true
	case bool:
		n.Kind, n.Bool, n.Text, n.Plain = Bool, tok, strconv.FormatBool(tok), true
	case string:
		n.Kind, n.Text = String, tok
	case json.Number:
		return p.number(n, tok.String())
	case json.Delim:
		if depth == MaxDepth {
			p.sink.At(n, "is nested too deeply (want at most %d levels)", MaxDepth)
			return nil
		}
		n.Flow = true
		if tok == '[' {
			return p.list(n, depth)
		}
		return p.object(n, depth)
	}
	return n
}

func (p *jsonParser) number(n *Node, text string) *Node {
	n.Text, n.Plain = text, true
	var err error
	if strings.ContainsAny(text, ".eE") {
		n.Kind = Float
		n.Float, err = strconv.ParseFloat(text, 64)
	} else {
		n.Kind = Int
		n.Int, err = strconv.ParseInt(text, 10, 64)
	}
	if err != nil {
		p.sink.At(n, "%s does not fit into 64 bits (quote it if it is a text)", text)
		return nil
	}
	return n
}

func (p *jsonParser) list(n *Node, depth int) *Node {
	n.Kind = List
	for p.dec.More() {
		item := p.value(depth + 1)
		if item == nil {
			return nil
		}
		n.Items = append(n.Items, item)
	}
	p.next()
	return n
}

func (p *jsonParser) object(n *Node, depth int) *Node {
	n.Kind = Map
	for p.dec.More() {
		tok, key := p.next()
		name, ok := tok.(string)
		if !ok {
			return nil
		}
		key.Kind, key.Text = String, name
		value := p.value(depth + 1)
		if value == nil {
			return nil
		}
		n.Entries = append(n.Entries, Entry{key, value})
	}
	p.next()
	return n
}
