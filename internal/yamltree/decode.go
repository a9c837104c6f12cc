package yamltree

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Unmarshaler is a type that reads itself from a node, recording what is wrong.
type Unmarshaler interface {
	UnmarshalNode(n *Node, s *Sink)
}

// Decode reads the node into *into, strictly: structs take the keys that their
// `yaml` tags name and no others, and no key twice; a field without a tag, or
// with "-", takes none. Strings, bools, numbers, pointers, slices, maps from
// string and any are understood, and every Unmarshaler. All errors go to s; what
// is wrong keeps its zero value. Where names the thing in messages ("version",
// or "" for the document).
func Decode(n *Node, into any, where string, s *Sink) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		panic("yamltree: Decode wants a pointer")
	}
	d := decoder{s}
	d.value(n, v.Elem(), where)
}

type decoder struct{ sink *Sink }

func (d decoder) value(n *Node, v reflect.Value, where string) {
	if u, ok := v.Addr().Interface().(Unmarshaler); ok {
		u.UnmarshalNode(n, d.sink)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), where)
	case reflect.Interface:
		if n.Kind != Null {
			v.Set(reflect.ValueOf(n.Any()))
		}
	case reflect.String:
		if n.Kind == String {
			v.SetString(n.Text)
			return
		}
		d.sink.WantString(n, where)
	case reflect.Bool:
		if n.Kind == Bool {
			v.SetBool(n.Bool)
			return
		}
		d.sink.Want(n, where, "a bool (true or false)")
	case reflect.Int:
		if n.Kind == Int && int64(int(n.Int)) == n.Int {
			v.SetInt(n.Int)
			return
		}
		d.sink.Want(n, where, "a number")
	case reflect.Slice:
		d.slice(n, v, where)
	case reflect.Map:
		d.mapping(n, v, where)
	case reflect.Struct:
		d.structure(n, v, where)
	default:
		panic(fmt.Sprintf("yamltree: cannot decode into %s", v.Type()))
	}
}

func (d decoder) slice(n *Node, v reflect.Value, where string) {
	if n.Kind != List {
		d.sink.Want(n, where, "a list")
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items))
	for i, item := range n.Items {
		d.value(item, list.Index(i), where)
	}
	v.Set(list)
}

func (d decoder) mapping(n *Node, v reflect.Value, where string) {
	if n.Kind != Map {
		d.sink.Want(n, where, "a map")
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.Entries))
	for key, value := range d.sink.Entries(n) {
		elem := reflect.New(v.Type().Elem()).Elem()
		d.value(value, elem, key.Text)
		m.SetMapIndex(reflect.ValueOf(key.Text).Convert(v.Type().Key()), elem)
	}
	v.Set(m)
}

func (d decoder) structure(n *Node, v reflect.Value, where string) {
	if n.Kind != Map {
		d.sink.Want(n, where, "a map")
		return
	}
	fields := map[string]int{}
	var names []string
	for i := range v.NumField() {
		if name := v.Type().Field(i).Tag.Get("yaml"); name != "" && name != "-" {
			fields[name] = i
			names = append(names, name)
		}
	}
	for key, value := range d.sink.Entries(n) {
		i, ok := fields[key.Text]
		if !ok {
			d.sink.UnknownKey(key, names)
			continue
		}
		d.value(value, v.Field(i), key.Text)
	}
}

// Entries yields the entries of a map once each, and records a key that stands
// twice.
func (s *Sink) Entries(n *Node) func(yield func(key, value *Node) bool) {
	return func(yield func(key, value *Node) bool) {
		first := make(map[string]*Node, len(n.Entries))
		for _, e := range n.Entries {
			if prev, dup := first[e.Key.Text]; dup {
				s.At(e.Key, "duplicate key %s (first at %d:%d; remove one)", quote(e.Key.Text), prev.Line, prev.Column)
				continue
			}
			first[e.Key.Text] = e.Key
			if !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

// UnknownKey records a key that is none of known, and names the likely one.
func (s *Sink) UnknownKey(key *Node, known []string) {
	if near := Nearest(key.Text, known); near != "" {
		s.At(key, "unknown key %s (did you mean %s?)", quote(key.Text), near)
		return
	}
	s.At(key, "unknown key %s (want one of %s)", quote(key.Text), strings.Join(known, ", "))
}

// Want records that the node named where is not what was wanted.
func (s *Sink) Want(n *Node, where, what string) {
	if n.Kind == Null && n.Text == "" {
		s.At(n, "%shas no value (want %s)", prefix(where, " "), what)
		return
	}
	s.At(n, "%s%s is not %s", prefix(where, ": "), n.Describe(), what)
}

// WantString records that the node is no string, and says how to make it one.
func (s *Sink) WantString(n *Node, where string) {
	switch n.Kind {
	case Null, List, Map:
		s.Want(n, where, "a string")
	default:
		s.At(n, "%s%s is %s, not a string (quote it)", prefix(where, ": "), n.Text, n.Kind)
	}
}

func prefix(where, sep string) string {
	if where == "" {
		return ""
	}
	return where + sep
}

// Nearest returns the one known key that is clearly meant: equal but for case
// and separators, or an edit or two away. It is empty when there is none.
func Nearest(key string, known []string) string {
	best, bestDistance, tie := "", 1+min(2, len(key)/3), false
	for _, k := range known {
		switch d := distance(fold(key), fold(k)); {
		case d < bestDistance:
			best, bestDistance, tie = k, d, false
		case d == bestDistance && best != "":
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

func fold(s string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(s))
}

// distance is the Levenshtein distance in bytes, enough for the ASCII keys of a schema.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Strings yields every string of the tree with its node, keys left out, in the
// order of the file.
func (n *Node) Strings(yield func(*Node) bool) bool {
	if n.Kind == String && !yield(n) {
		return false
	}
	if slices.ContainsFunc(n.Items, func(item *Node) bool { return !item.Strings(yield) }) {
		return false
	}
	return !slices.ContainsFunc(n.Entries, func(e Entry) bool { return !e.Value.Strings(yield) })
}
