package analyzer

import (
	"bytes"
	"encoding/gob"
	"go/token"
	"maps"
	"reflect"
	"slices"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/registry"
)

// Kept is what a driver keeps of a package from one run to the next. Code is the same for
// many packages, and kept once.
type Kept struct{ Data, Code []byte }

// What Encode gives holds for a suite whose Digest is the same, as long as Decode finds that the
// registry and the day say of the flags that the rules asked about what they said
// then. A row may move in its file: findings get its new place.

// Digest is the key of all that decides about findings beside packages, the
// registry, the day and Config.Exclude.
func (s *Suite) Digest() digest.Sum {
	h := digest.New("rules")
	for _, name := range slices.Sorted(maps.Keys(s.settings)) {
		set := s.settings[name]
		h.Text(name)
		h.Int(int(set.severity))
		h.Value(set.values)
	}
	h.Int(len(s.rules))
	for _, set := range s.rules {
		h.Text(set.rule.Name)
	}
	h.Value(s.cfg.Registry == nil)
	h.Text(s.cfg.NextVersion)
	return h.Done()
}

// kept is what Encode writes.
type kept struct {
	Path, Name string
	Sites      []Site
	CodeFlags  []keptFlag
	Findings   []Finding
	Functions  map[string][]keptFunction
	Ignores    []keptIgnore
	Asked      []askedRow
	// Today is the day on which the rules ran, where it may matter.
	Today registry.Date
}

// keptFlag is what code says of a flag.
type keptFlag struct {
	Key                       string
	Type                      registry.Type
	State                     registry.State
	Kind                      registry.Kind
	Value, Default            []any // of one element, or none
	Locked                    bool
	Created                   registry.Date
	Expires                   registry.Expiry
	Description, Owner, Issue string
	Source                    registry.Position
	Format                    string
}

type keptFunction struct {
	Name     string
	From, To int
}

type keptIgnore struct {
	Rules                []string
	Reason, File         string
	Pos, End             token.Position
	Trailing             bool
	From, To             int
	DeleteFrom, DeleteTo token.Position
	Used                 bool
}

// askedRow is a row of the registry that a rule asked for.
type askedRow struct {
	Key  string
	Row  digest.Sum
	Near []string // the keys near to it, where they were asked for
	Asks bool     // they were
}

// Encode returns what is to be kept of a package.
func (s *Suite) Encode(p *Package) (Kept, error) {
	k := kept{Path: p.Path, Name: p.Name, Sites: p.Sites, Findings: p.findings, Functions: map[string][]keptFunction{}}
	found := map[string]bool{} // the files in which something may be told
	for _, site := range p.Sites {
		found[site.Pos.Filename] = true
	}
	for _, f := range p.findings {
		found[f.Pos.Filename] = true
	}
	for _, ig := range p.ignores.list {
		found[ig.file] = true
	}
	var code []keptFlag
	for _, f := range p.CodeFlags {
		k.CodeFlags = append(k.CodeFlags, keepFlag(f))
	}
	for _, key := range slices.Sorted(maps.Keys(p.code)) {
		code = append(code, keepFlag(p.code[key]))
	}
	for file, list := range p.functions {
		for _, f := range list {
			if !found[file] {
				break
			}
			k.Functions[file] = append(k.Functions[file], keptFunction{f.name, f.from, f.to})
		}
	}
	for _, ig := range p.ignores.list {
		k.Ignores = append(k.Ignores, keptIgnore{
			Rules: ig.rules, Reason: ig.reason, File: ig.file, Pos: ig.pos, End: ig.end, Trailing: ig.trailing,
			From: ig.from, To: ig.to, DeleteFrom: ig.deleteFrom, DeleteTo: ig.deleteTo, Used: p.used[ig],
		})
	}
	for _, key := range slices.Sorted(maps.Keys(p.asked)) {
		k.Asked = append(k.Asked, s.askedRow(key, p.asked[key]))
		if s.dated(key, p.code) {
			k.Today = s.cfg.Today
		}
	}
	var data, table bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(k); err != nil {
		return Kept{}, err
	}
	if len(code) == 0 {
		return Kept{Data: data.Bytes()}, nil
	}
	err := gob.NewEncoder(&table).Encode(code)
	return Kept{data.Bytes(), table.Bytes()}, err
}

// Decoder gives back packages that were kept. It is for one goroutine at a time.
type Decoder struct {
	suite *Suite
	codes map[*byte]codeFlagTable // by where their bytes are
	rows  map[string]askedRow
}

// Decoder makes a Decoder.
func (s *Suite) Decoder() *Decoder {
	return &Decoder{s, map[*byte]codeFlagTable{}, map[string]askedRow{}}
}

// code gives the flags that code declares. They are shared, and not to be changed.
func (d *Decoder) code(data []byte) (codeFlagTable, bool) {
	if len(data) == 0 {
		return nil, true
	}
	if t, ok := d.codes[&data[0]]; ok {
		return t, true
	}
	var list []keptFlag
	if gob.NewDecoder(bytes.NewReader(data)).Decode(&list) != nil {
		return nil, false
	}
	rename(reflect.ValueOf(list), d.suite.real)
	t := codeFlagTable{}
	for _, f := range list {
		t[f.Key] = f.flag()
	}
	d.codes[&data[0]] = t
	return t, true
}

// row is what the registry says of a key now.
func (d *Decoder) row(key string, near bool) askedRow {
	a, ok := d.rows[key]
	if !ok || near && !a.Asks {
		a = d.suite.askedRow(key, near)
		d.rows[key] = a
	}
	return a
}

// kept is what Encode wrote, with the names of files that Finish knows.
func (d *Decoder) kept(from Kept) (*kept, bool) {
	var k kept
	if gob.NewDecoder(bytes.NewReader(from.Data)).Decode(&k) != nil {
		return nil, false
	}
	rename(reflect.ValueOf(&k), d.suite.real)
	functions := make(map[string][]keptFunction, len(k.Functions))
	for file, list := range k.Functions {
		functions[d.suite.real(file)] = list
	}
	k.Functions = functions
	for i := range k.Ignores {
		k.Ignores[i].File = d.suite.real(k.Ignores[i].File)
	}
	return &k, true
}

// rename gives the files of all positions in a value other names.
func rename(v reflect.Value, to func(name string) string) {
	if !v.CanInterface() {
		return // what gob does not write
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			rename(v.Elem(), to)
		}
	case reflect.Slice:
		for i := range v.Len() {
			rename(v.Index(i), to)
		}
	case reflect.Struct:
		switch at := v.Addr().Interface().(type) {
		case *token.Position:
			at.Filename = to(at.Filename)
		case *registry.Position:
			at.File = to(at.File)
		default:
			for i := range v.NumField() {
				rename(v.Field(i), to)
			}
		}
	}
}

// References returns the references and declarations of the package that Encode was
// given, which hold whatever the rules, the registry and the day are.
func (d *Decoder) References(from Kept) (*Package, bool) {
	k, ok := d.kept(from)
	if !ok {
		return nil, false
	}
	return k.references(), true
}

// references is the package without what rules found.
func (k *kept) references() *Package {
	p := &Package{
		Path: k.Path, Name: k.Name, Sites: k.Sites,
		functions: map[string][]function{}, ignores: &ignoreSet{}, used: map[*ignore]bool{}, asked: map[string]bool{},
	}
	for _, f := range k.CodeFlags {
		p.CodeFlags = append(p.CodeFlags, f.flag())
	}
	return p
}

// Decode returns the package that Encode was given. It answers false where the
// rules have to run again.
func (d *Decoder) Decode(from Kept) (*Package, bool) {
	s := d.suite
	k, ok := d.kept(from)
	if !ok {
		return nil, false
	}
	code, ok := d.code(from.Code)
	if !ok {
		return nil, false
	}
	if k.Today != (registry.Date{}) && k.Today != s.cfg.Today {
		return nil, false
	}
	for _, a := range k.Asked {
		if now := d.row(a.Key, a.Asks); now.Row != a.Row || a.Asks && !slices.Equal(now.Near, a.Near) {
			return nil, false
		}
	}
	p := k.references()
	p.findings, p.code = k.Findings, code
	for file, list := range k.Functions {
		for _, f := range list {
			p.functions[file] = append(p.functions[file], function{f.Name, f.From, f.To})
		}
	}
	for _, ig := range k.Ignores {
		now := &ignore{
			rules: ig.Rules, reason: ig.Reason, file: ig.File, pos: ig.Pos, end: ig.End, trailing: ig.Trailing,
			from: ig.From, to: ig.To, deleteFrom: ig.DeleteFrom, deleteTo: ig.DeleteTo,
		}
		p.ignores.list = append(p.ignores.list, now)
		if ig.Used {
			p.used[now] = true
		}
	}
	for _, a := range k.Asked {
		p.asked[a.Key] = a.Asks
	}
	for i, f := range p.findings {
		if row := s.flag(f.Flag, p.code); row != nil && f.Flag != "" {
			p.findings[i].Row = row.Source
		}
	}
	return p, true
}

// askedRow is what the registry says of a key now.
func (s *Suite) askedRow(key string, near bool) askedRow {
	a := askedRow{Key: key, Asks: near}
	if s.cfg.Registry == nil {
		return a
	}
	h := digest.New("row")
	h.Value(s.cfg.Registry.Lookup(key), reflect.TypeFor[registry.Position]())
	a.Row = h.Done()
	if near {
		a.Near = s.cfg.Registry.Nearest(key)
	}
	return a
}

// dated reports whether the day may matter for what rules say of a flag.
func (s *Suite) dated(key string, code codeFlagTable) bool {
	f := s.flag(key, code)
	return f != nil && (!f.Since.IsZero() || !f.Created.IsZero() || !f.Expires.Date.IsZero() || len(f.Serves) > 0)
}

func keepFlag(f *registry.Flag) keptFlag {
	k := keptFlag{
		Key: f.Key, Type: f.Type, State: f.State, Kind: f.Kind, Locked: f.Locked, Created: f.Created, Expires: f.Expires,
		Description: f.Description, Owner: f.Owner, Issue: f.Issue, Source: f.Source, Format: f.Format,
	}
	if f.Value != nil {
		k.Value = []any{f.Value.Any()}
	}
	if f.Default != nil {
		k.Default = []any{f.Default.Any()}
	}
	return k
}

func (k keptFlag) flag() *registry.Flag {
	f := &registry.Flag{
		Key: k.Key, Type: k.Type, State: k.State, Kind: k.Kind, Locked: k.Locked, Created: k.Created, Expires: k.Expires,
		Description: k.Description, Owner: k.Owner, Issue: k.Issue, Source: k.Source, Format: k.Format,
	}
	if len(k.Value) > 0 {
		v := valueOfAny(k.Value[0])
		f.Value = &v
	}
	if len(k.Default) > 0 {
		v := valueOfAny(k.Default[0])
		f.Default = &v
	}
	return f
}
