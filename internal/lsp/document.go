package lsp

import (
	"bytes"
	"sync"
)

// document is an open document.
type document struct {
	uri     string // as the client writes it
	name    string // absolute, links resolved
	version int
	text    *text
}

// documents are the open ones, by name. A document does not change: a new one takes
// its place.
type documents struct {
	mu     sync.Mutex
	byName map[string]*document
	// names holds what URIs mean, since links are slow to resolve.
	names map[string]string
}

func newDocuments() *documents {
	return &documents{byName: map[string]*document{}, names: map[string]string{}}
}

// name returns the file that a URI means, empty if it means none.
func (d *documents) name(uri string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name, ok := d.names[uri]; ok {
		return name
	}
	name := fileName(uri)
	if name == "" {
		return ""
	}
	name = realName(name)
	d.names[uri] = name
	return name
}

func (d *documents) open(uri string, version int, data string) *document {
	name := d.name(uri)
	if name == "" {
		return nil
	}
	doc := &document{uri: uri, name: name, version: version, text: newText([]byte(data))}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byName[name] = doc
	return doc
}

// change applies the changes of a document that is open, one after the other.
func (d *documents) change(uri string, version *int, changes []contentChange, e encoding) *document {
	name := d.name(uri)
	d.mu.Lock()
	defer d.mu.Unlock()
	doc := d.byName[name]
	if doc == nil {
		return nil
	}
	t := doc.text
	for _, c := range changes {
		if c.Range == nil {
			t = newText([]byte(c.Text))
			continue
		}
		start, end := t.offset(c.Range.Start, e), t.offset(c.Range.End, e)
		if end < start {
			start, end = end, start
		}
		t = newText(bytes.Join([][]byte{t.data[:start], []byte(c.Text), t.data[end:]}, nil))
	}
	next := &document{uri: doc.uri, name: name, version: doc.version, text: t}
	if version != nil {
		next.version = *version
	}
	d.byName[name] = next
	return next
}

func (d *documents) close(uri string) string {
	name := d.name(uri)
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.byName, name)
	delete(d.names, uri)
	return name
}

// get returns the open document of a file, or nil.
func (d *documents) get(name string) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.byName[name]
}

// all returns the open documents by name.
func (d *documents) all() map[string]*document {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make(map[string]*document, len(d.byName))
	for name, doc := range d.byName {
		out[name] = doc
	}
	return out
}
