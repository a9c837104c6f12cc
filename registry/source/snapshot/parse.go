package snapshot

import (
	"slices"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// The fields that a snapshot has, and no others.
var (
	topFields    = []string{"flaglint", "version", "sources"}
	sourceFields = []string{"type", "synced", "flags"}
	flagFields   = []string{
		"type", "variants", "default", "kind", "state", "value", "since", "description", "owner", "created", "expires", "issue", "tags",
		"requires", "permanent", "locked", "serves",
	}
	servingFields = []string{"environment", "only", "fallback", "since"}
)

// Parse reads a snapshot that is named name in errors and positions. It is strict:
// what sync does not write is an error, with its line and column.
func Parse(name string, data []byte) (*Snapshot, error) {
	root, err := yamltree.Parse(name, data)
	if err != nil {
		return nil, err
	}
	p := &parser{name: name, sink: &yamltree.Sink{File: name}}
	s := p.document(root)
	if err := p.sink.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

type parser struct {
	name string
	sink *yamltree.Sink
}

func (p *parser) document(root *yamltree.Node) *Snapshot {
	s := &Snapshot{}
	p.fields(root, topFields)
	if kind := root.Get("flaglint"); kind == nil || kind.Text != FormatName {
		p.sink.At(root, "is no snapshot of flaglint sync (want \"flaglint\": %q)", FormatName)
		return s
	}
	if v := root.Get("version"); v == nil || v.Kind != yamltree.Int || v.Int != version {
		p.sink.At(root, "has no version %d (sync with the flaglint that is to read it)", version)
		return s
	}
	sources := root.Get("sources")
	if sources == nil || sources.Kind != yamltree.Map {
		p.sink.At(root, "has no sources (sync again)")
		return s
	}
	for key, n := range p.sink.Entries(sources) {
		s.Sources = append(s.Sources, p.source(key, n))
	}
	return s
}

// fields refuses what is no map, and fields that are not known.
func (p *parser) fields(n *yamltree.Node, known []string) bool {
	if n.Kind != yamltree.Map {
		p.sink.Want(n, "", "a map")
		return false
	}
	for key := range p.sink.Entries(n) {
		if !slices.Contains(known, key.Text) {
			p.sink.UnknownKey(key, known)
		}
	}
	return true
}

func (p *parser) source(key, n *yamltree.Node) Source {
	src := Source{Name: key.Text}
	if !p.fields(n, sourceFields) {
		return src
	}
	f := read.NewFile(FormatName, p.name, true)
	src.Type, src.Synced = f.Node(n).Text("type"), f.Node(n).Get("synced").Date()
	if flags := n.Get("flags"); flags != nil && flags.Kind == yamltree.Map {
		for key, flag := range p.sink.Entries(flags) {
			if p.fields(flag, flagFields) {
				p.flag(f.KeyRow(f.Node(key)), f.Node(flag))
			}
		}
	} else {
		p.sink.At(key, "source %q has no flags (sync again)", key.Text)
	}
	flags, err := f.Flags()
	if es, ok := err.(yamltree.Errors); ok {
		for _, e := range es {
			p.sink.Add(e.Line, e.Column, "%s", e.Msg)
		}
	}
	src.Flags = flags
	sortFlags(src.Flags)
	return src
}

func (p *parser) flag(row *read.Row, n read.Node) {
	typ := registry.TypeUnknown
	row.SetType(read.Node{}, typ) // a type that is not there was not told by the values either
	if t := n.Get("type"); t.Exists() {
		typ = registry.Type(t.AsText())
		if !slices.Contains(registry.Types(), typ) {
			t.Errorf("type is unknown")
		}
		row.SetType(t, typ)
	}
	value := func(n read.Node) registry.Value {
		if typ == registry.TypeFloat && n.Is(yamltree.Int) || typ == registry.TypeJSON && !n.Is(yamltree.String) {
			v, _ := n.ValueOf(typ)
			return v
		}
		return n.Value()
	}
	for _, v := range n.List("variants") {
		row.Variant(value(v))
	}
	if d := n.Get("default"); d.Exists() {
		row.SetDefault(d, value(d))
	}
	if k := n.Get("kind"); k.Exists() {
		row.SetKind(k, registry.Kind(k.AsText()))
		if !slices.Contains(registry.Kinds(), row.Kind) {
			k.Errorf("kind is unknown")
		}
	}
	if s := n.Get("state"); s.Exists() {
		row.State = registry.State(s.AsText())
		if !slices.Contains(registry.States(), row.State) {
			s.Errorf("state is unknown")
		}
	}
	if v := n.Get("value"); v.Exists() {
		row.Value = new(value(v))
	}
	row.Since, row.Locked = n.Get("since").Date(), n.Bool("locked", false)
	for _, field := range []string{"description", "owner", "issue"} {
		row.Set(field, n.Get(field))
	}
	row.SetCreated(n.Get("created"))
	if e := n.Get("expires"); e.Exists() {
		expiry, ok := read.ParseExpiry(e.AsText())
		if !ok {
			e.Errorf("expires is neither a date nor a version")
		}
		row.SetExpires(e, expiry.Date)
		row.Expires = expiry
	}
	row.SetTags(n.Get("tags"))
	for _, key := range n.List("requires") {
		row.Require(key)
	}
	row.Permanent = n.Bool("permanent", false)
	for _, s := range n.List("serves") {
		p.serving(row, s, value)
	}
}

func (p *parser) serving(row *read.Row, s read.Node, value func(read.Node) registry.Value) {
	p.fields(s.Syntax(), servingFields)
	env, only, since := s.Text("environment"), s.Get("only"), s.Get("since").Date()
	switch {
	case only.Exists():
		row.Serve(env, s, value(only), since)
	case s.Bool("fallback", false):
		row.Fallback(env, s, since)
	default:
		row.Depends(env, s)
	}
}
