package read

import (
	"iter"
	"math"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Node is a value of a document, or the zero Node where there is none: missing
// and null are the same. The accessors record what is of the wrong type, and
// return the zero value then.
type Node struct {
	f     *File
	n     *yamltree.Node
	where string         // the field that it is the value of, for messages
	near  *yamltree.Node // where nothing is there: what lacks it
}

// place is where the node stands, or what lacks it.
func (n Node) place() *yamltree.Node {
	switch {
	case n.n != nil:
		return n.n
	case n.near != nil:
		return n.near
	}
	return &yamltree.Node{Line: 1, Column: 1}
}

// Node returns a node of the document.
func (f *File) Node(n *yamltree.Node) Node { return Node{f: f, n: n} }

// Syntax is the node of the document, nil where there is none.
func (n Node) Syntax() *yamltree.Node { return n.n }

// Exists reports whether the node is there and not null.
func (n Node) Exists() bool { return n.n != nil && n.n.Kind != yamltree.Null }

// Is reports whether the node is there and of the kind.
func (n Node) Is(kind yamltree.Kind) bool { return n.n != nil && n.n.Kind == kind }

// Pos returns where the node stands.
func (n Node) Pos() registry.Position {
	at := n.place()
	return registry.Position{File: n.f.Name, Line: at.Line, Column: at.Column}
}

// Key is the text of a key.
func (n Node) Key() string { return n.n.Text }

// Errorf records that something is wrong with the node; the arguments must not be
// values of the file.
func (n Node) Errorf(format string, args ...any) {
	n.f.sink.At(n.place(), format, args...)
}

// Want records that the node is not what it must be.
func (n Node) Want(what string) {
	if n.n == nil {
		n.Errorf("has no %s", n.where)
		return
	}
	if n.f.told[n.n] {
		return
	}
	n.f.told[n.n] = true
	where := n.where
	if where == "" {
		where = "this"
	}
	n.Errorf("%s is %s (want %s)", where, n.n.Kind, what)
}

// At returns the value of a field without a look at the rest; it is zero where
// the node is no map. It is for recognising documents.
func (n Node) At(path ...string) Node {
	for _, name := range path {
		n = Node{f: n.f, n: n.n.Get(name), where: name}
	}
	return n
}

// Get returns the value of a field. A node that is no map is recorded as wrong.
func (n Node) Get(name string) Node {
	if !n.Exists() {
		return Node{f: n.f, where: name, near: n.place()}
	}
	if n.n.Kind != yamltree.Map {
		n.Want("a map")
		return Node{f: n.f, where: name, near: n.n}
	}
	found := Node{f: n.f, where: name, near: n.n}
	for _, e := range n.n.Entries {
		if e.Key.Text != name {
			continue
		}
		if found.n != nil {
			if !n.f.told[e.Key] {
				n.f.told[e.Key] = true
				n.f.sink.At(e.Key, "%s stands twice (remove one)", name)
			}
			break
		}
		found.n = e.Value
	}
	return found
}

// Required returns the value of a field, and records where there is none.
func (n Node) Required(name string) (Node, bool) {
	found := n.Get(name)
	if !found.Exists() && n.Is(yamltree.Map) {
		n.Errorf("has no %s", name)
	}
	return found, found.Exists()
}

// text returns a string.
func (n Node) text() (string, bool) {
	if !n.Exists() {
		return "", false
	}
	if n.n.Kind != yamltree.String {
		n.Want("a string")
		return "", false
	}
	return n.n.Text, true
}

// Text returns the string in a field, "" where there is none.
func (n Node) Text(name string) string {
	s, _ := n.Get(name).text()
	return s
}

// AsText returns the node's string.
func (n Node) AsText() string {
	s, _ := n.text()
	return s
}

// Spelling returns a scalar as the file spells it; "" for what is none.
func (n Node) Spelling() string {
	switch {
	case !n.Exists():
		return ""
	case n.n.Kind == yamltree.List || n.n.Kind == yamltree.Map:
		n.Want("a text")
		return ""
	}
	return n.n.Text
}

// Bool returns the bool in a field, and or where there is none.
func (n Node) Bool(name string, or bool) bool {
	v := n.Get(name)
	if !v.Exists() {
		return or
	}
	if v.n.Kind != yamltree.Bool {
		v.Want("true or false")
		return or
	}
	return v.n.Bool
}

// RequiredBool returns the bool in a field that must be there.
func (n Node) RequiredBool(name string) bool {
	if _, ok := n.Required(name); !ok {
		return false
	}
	return n.Bool(name, false)
}

// Number returns the number in a field, and or where there is none.
func (n Node) Number(name string, or float64) float64 {
	v := n.Get(name)
	if !v.Exists() {
		return or
	}
	f, ok := v.number()
	if !ok {
		v.Want("a number")
		return or
	}
	return f
}

func (n Node) number() (float64, bool) {
	switch n.n.Kind {
	case yamltree.Int:
		return float64(n.n.Int), true
	case yamltree.Float:
		return n.n.Float, true
	}
	return 0, false
}

// List returns the items of the list in a field.
func (n Node) List(name string) []Node { return n.Get(name).Items() }

// Items returns the items of a list.
func (n Node) Items() []Node {
	if !n.Exists() {
		return nil
	}
	if n.n.Kind != yamltree.List {
		n.Want("a list")
		return nil
	}
	items := make([]Node, len(n.n.Items))
	for i, item := range n.n.Items {
		where := n.where
		if where != "" {
			where = "an item of " + where
		}
		items[i] = Node{f: n.f, n: item, where: where}
	}
	return items
}

// Entries yields the keys and values of a map, and records a key that stands twice.
func (n Node) Entries() iter.Seq2[Node, Node] {
	return func(yield func(key, value Node) bool) {
		if !n.Exists() {
			return
		}
		if n.n.Kind != yamltree.Map {
			n.Want("a map")
			return
		}
		first := map[string]bool{}
		for _, e := range n.n.Entries {
			if first[e.Key.Text] {
				n.f.sink.At(e.Key, "a key of %s stands twice (remove one)", orThis(n.where))
				continue
			}
			first[e.Key.Text] = true
			if !yield(Node{f: n.f, n: e.Key, where: "the key"}, Node{f: n.f, n: e.Value, where: e.Key.Text}) {
				return
			}
		}
	}
}

func orThis(where string) string {
	if where == "" {
		return "this map"
	}
	return where
}

// Len is the number of items or entries.
func (n Node) Len() int {
	if n.n == nil {
		return 0
	}
	return len(n.n.Items) + len(n.n.Entries)
}

// Date returns the day of a text: YYYY-MM-DD or an RFC 3339 time.
func (n Node) Date() registry.Date {
	s, ok := n.text()
	if !ok || s == "" {
		return registry.Date{}
	}
	d, ok := ParseDate(s)
	if !ok {
		n.Errorf("%s is no date (want YYYY-MM-DD, or a time as in RFC 3339)", n.where)
	}
	return d
}

// ParseDate reads a day, or a time in one of the spellings that exports have.
func ParseDate(s string) (registry.Date, bool) {
	if d, err := registry.ParseDate(s); err == nil {
		return d, true
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00",
		"2006-01-02 15:04:05.999999999-07", "2006-01-02 15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return registry.DateOf(t.UTC()), true
		}
	}
	return registry.Date{}, false
}

// Millis returns the day of a number of milliseconds since 1970; 0 is none.
func (n Node) Millis() registry.Date {
	if !n.Exists() {
		return registry.Date{}
	}
	ms, ok := n.number()
	const most = 253402300799999 // the end of the year 9999
	if !ok || ms < 0 || ms > most {
		n.Errorf("%s is no time (want milliseconds since 1970)", n.where)
		return registry.Date{}
	}
	if ms == 0 {
		return registry.Date{}
	}
	return registry.DateOf(time.UnixMilli(int64(ms)).UTC())
}

// Time returns the day of a number of milliseconds since 1970, or of a text.
func (n Node) Time() registry.Date {
	if n.Is(yamltree.String) {
		return n.Date()
	}
	return n.Millis()
}

// Value returns what the node means as a flag's value; null is JSON null.
func (n Node) Value() registry.Value {
	if n.n == nil {
		return registry.JSON(nil)
	}
	switch n.n.Kind {
	case yamltree.Bool:
		return registry.Bool(n.n.Bool)
	case yamltree.Int:
		return registry.Int(n.n.Int)
	case yamltree.Float:
		return registry.Float(n.n.Float)
	case yamltree.String:
		return registry.String(n.n.Text)
	}
	return registry.JSON(plain(n.n.Any()))
}

// plain brings numbers to what encoding/json decodes.
func plain(v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	}
	return v
}

// ValueOf returns the node as a value of type t, reading texts as exports write
// values of other types. What is no t is recorded.
func (n Node) ValueOf(t registry.Type) (registry.Value, bool) {
	v := n.Value()
	switch {
	case t == registry.TypeUnknown || t == registry.TypeString && n.Is(yamltree.String):
		return v, true
	case t == registry.TypeJSON && !n.Is(yamltree.String):
		return registry.JSON(plain(v.Any())), true
	case n.Is(yamltree.String):
		text := strings.TrimSpace(n.n.Text)
		if t == registry.TypeBool {
			text = strings.ToLower(text)
		}
		if v, err := registry.ParseValue(t, text); err == nil {
			return v, true
		}
	case v.Type() == t:
		return v, true
	case t == registry.TypeFloat && n.Is(yamltree.Int):
		return registry.Float(float64(n.n.Int)), true
	case t == registry.TypeInt && n.Is(yamltree.Float) && n.n.Float == math.Trunc(n.n.Float) && math.Abs(n.n.Float) <= 1<<53:
		return registry.Int(int64(n.n.Float)), true
	}
	n.Errorf("%s is no value of the flag's type (%s)", n.where, t)
	return registry.Value{}, false
}

// Values yields the keys and values of a map, or the values of a list with the
// zero key, without a look at whether it is well formed. It is for recognising.
func (n Node) Values() iter.Seq2[Node, Node] {
	return func(yield func(key, value Node) bool) {
		if n.n == nil {
			return
		}
		for _, item := range n.n.Items {
			if !yield(Node{f: n.f}, Node{f: n.f, n: item}) {
				return
			}
		}
		for _, e := range n.n.Entries {
			if !yield(Node{f: n.f, n: e.Key}, Node{f: n.f, n: e.Value}) {
				return
			}
		}
	}
}

// Index returns the node as an index into a list of n items.
func (n Node) Index(len int) (int, bool) {
	if !n.Is(yamltree.Int) || n.n.Int < 0 || n.n.Int >= int64(len) {
		return 0, false
	}
	return int(n.n.Int), true
}

// Whole records that a list is one page of several, where the node says that
// there are more items in all than the list has.
func Whole(n Node, total string, items int) {
	if t := n.Get(total); t.Is(yamltree.Int) && t.n.Int > int64(items) {
		t.Errorf("holds only a part of the flags: %d of %d (export all pages into one list)", items, t.n.Int)
	}
}

// Last records that a list is one page of several, where a field says that there
// is a next one.
func Last(n Node, next string) {
	if t := n.Get(next); t.Exists() && t.n.Text != "" {
		t.Errorf("holds only a part of the flags (export all pages into one list)")
	}
}

// ParseHTTPDate reads the day of a time as HTTP spells it.
func ParseHTTPDate(s string) (registry.Date, bool) {
	t, err := time.Parse(time.RFC1123, s)
	return registry.DateOf(t.UTC()), err == nil
}
