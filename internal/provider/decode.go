package provider

import (
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Decode reads a data file, which holds one spec as a map or several as a list.
// It is strict: the error is yamltree.Errors with all that is wrong, each with
// file, line and column. Whether the names exist is for the matcher to say; Spec.At
// tells it where they stand.
func Decode(name string, data []byte) ([]Spec, error) {
	root, err := yamltree.Parse(name, data)
	if err != nil {
		return nil, err
	}
	sink := &yamltree.Sink{File: name}
	var specs []Spec
	if root.Kind == yamltree.List {
		specs = DecodeList(root, sink)
	} else {
		specs = []Spec{decodeSpec(root, sink)}
	}
	if err := sink.Err(); err != nil {
		return nil, err
	}
	return specs, nil
}

// DecodeList reads the specs of a list, which is what `providers:` of a
// configuration is. What is wrong goes to the sink.
func DecodeList(n *yamltree.Node, sink *yamltree.Sink) []Spec {
	if n.Kind != yamltree.List {
		sink.Want(n, "providers", "a list")
		return nil
	}
	specs := make([]Spec, len(n.Items))
	first := map[string]*yamltree.Node{}
	for i, item := range n.Items {
		specs[i] = decodeSpec(item, sink)
		name := specs[i].Name
		if prev := first[name]; prev != nil {
			sink.At(item, "two providers are named %q (the other at %d:%d; rename one)", name, prev.Line, prev.Column)
		} else if name != "" {
			first[name] = item
		}
	}
	return specs
}

func decodeSpec(n *yamltree.Node, sink *yamltree.Sink) Spec {
	var s Spec
	before := sink.Len()
	yamltree.Decode(n, &s, "provider", sink)
	s.Pos = registry.Position{File: sink.File, Line: n.Line, Column: n.Column}
	s.At = map[string]registry.Position{}
	n.Strings(func(text *yamltree.Node) bool {
		if _, ok := s.At[text.Text]; !ok {
			s.At[text.Text] = registry.Position{File: sink.File, Line: text.Line, Column: text.Column}
		}
		return true
	})
	if sink.Len() == before {
		checkSpec(n, s, sink)
	}
	return s
}

// checkSpec records what the types of the fields cannot say.
func checkSpec(n *yamltree.Node, s Spec, sink *yamltree.Sink) {
	if s.Name == "" {
		sink.At(n, "provider has no name (add name: …)")
	}
	for i, item := range items(n, "functions") {
		f := s.Functions[i]
		required(item, "function", "name", f.Name, sink)
		if f.Since < 0 || f.Until < 0 || f.Until != 0 && f.Until < f.Since {
			sink.At(item, "since and until must be major versions in order")
		}
		if f.Value < NoResult {
			index(item, "value", sink)
		}
		index(item, "error", sink)
		index(item, "detail", sink)
		flagType(item, "type", f.Type, sink)
		if item.Get("key") == nil && !f.Dynamic {
			sink.At(item, "function %s has no key (add key: INDEX of the key argument)", f.Name)
		}
	}
	for i, item := range items(n, "fields") {
		required(item, "fields entry", "type", s.Fields[i].Type, sink)
	}
	for i, item := range items(n, "objects") {
		checkObject(item, s.Objects[i], sink)
	}
	for i, item := range items(n, "overrides") {
		o := s.Overrides[i]
		if (o.Name == "") == (o.Type == "") {
			sink.At(item, "override needs either name or type (the call that sets, or the type of its literals)")
		}
		if o.Value != nil && item.Get("set") != nil {
			sink.At(item, "override %s has both value and set (keep one)", o.Name+o.Type)
		}
		if item.Get("key") == nil {
			sink.At(item, "override %s has no key (add key: INDEX of the key argument)", o.Name+o.Type)
		}
		if o.Pairs != "" && o.Pairs != "=" && o.Pairs != "+-" {
			sink.At(item.Get("pairs"), "pairs: %q is unknown (want = or +-)", o.Pairs)
		}
	}
	for i, item := range items(n, "declarations") {
		required(item, "declaration", "name", s.Declarations[i].Name, sink)
		if item.Get("key") == nil {
			sink.At(item, "declaration %s has no key (add key: INDEX of the key argument)", s.Declarations[i].Name)
		}
	}
	for i, item := range items(n, "containers") {
		required(item, "container", "register", s.Containers[i].Register, sink)
	}
	for i, item := range items(n, "decoders") {
		required(item, "decoder", "name", s.Decoders[i].Name, sink)
		if d := s.Decoders[i].Derive; d != "" && d != "upper" && d != "lower" {
			sink.At(item.Get("derive"), "derive: %q is unknown (want upper or lower)", d)
		}
	}
	for i, item := range items(n, "scopes") {
		required(item, "scope", "name", s.Scopes[i].Name, sink)
		if item.Get("key") == nil {
			sink.At(item, "scope %s has no key (add key: INDEX of the key argument)", s.Scopes[i].Name)
		}
	}
	for _, list := range []string{"modules", "prefixes", "lookups", "contains"} {
		for _, item := range items(n, list) {
			if item.Text == "" {
				sink.At(item, "%s: an empty text names nothing", list)
			}
		}
	}
}

func checkObject(n *yamltree.Node, o Object, sink *yamltree.Sink) {
	if (o.Declare == "") == (o.Type == "") {
		sink.At(n, "object needs either declare or type (the call that makes it, or the type of its literals)")
	}
	if n.Get("key") == nil && !o.Contained && !o.MapKey {
		sink.At(n, "object has no key (add key: INDEX, or key: {field: NAME})")
	}
	flagType(n, "only", o.Only, sink)
	if stages := n.Get("stages"); stages != nil {
		for _, e := range stages.Entries {
			if state := o.Stages[e.Key.Text].State; !slices.Contains(registry.States(), state) && state != registry.StateUnknown {
				sink.At(e.Value, "state: %q is unknown (want planned, active, rolled-out or retired)", string(state))
			}
		}
	}
	for i, item := range items(n, "options") {
		required(item, "option", "name", o.Options[i].Name, sink)
		required(item, "option", "sets", o.Options[i].Sets, sink)
	}
	for i, item := range items(n, "evaluate") {
		e := o.Evaluate[i]
		if item.Kind == yamltree.Map {
			required(item, "evaluate entry", "name", e.Name, sink)
			if e.Value < NoResult {
				index(item, "value", sink)
			}
			index(item, "error", sink)
			index(item, "flag", sink)
			flagType(item, "type", e.Type, sink)
		} else if e.Name == "" {
			sink.At(item, "evaluate: an empty text names nothing")
		}
		if e.Returns != "" && e.Returns != "func" {
			sink.At(item.Get("returns"), "returns: %q is unknown (want func)", e.Returns)
		}
	}
}

// items returns the elements of a list under the key, or nil.
func items(n *yamltree.Node, key string) []*yamltree.Node {
	if list := n.Get(key); list != nil {
		return list.Items
	}
	return nil
}

func required(n *yamltree.Node, what, key, value string, sink *yamltree.Sink) {
	if value == "" {
		sink.At(n, "%s has no %s (add %s: …)", what, key, key)
	}
}

func index(n *yamltree.Node, key string, sink *yamltree.Sink) {
	if v := n.Get(key); v != nil && v.Int < 0 {
		sink.At(v, "%s: %d is no index (want 0 or more)", key, v.Int)
	}
}

func flagType(n *yamltree.Node, key string, t registry.Type, sink *yamltree.Sink) {
	if t != registry.TypeUnknown && !slices.Contains(registry.Types(), t) {
		sink.At(n.Get(key), "%s: %q is unknown (want bool, string, int, float or json)", key, string(t))
	}
}

// UnmarshalNode reads a number, {arg: 0, field: Key} or {field: Key}.
func (a *Arg) UnmarshalNode(n *yamltree.Node, sink *yamltree.Sink) {
	const want = "an index (want 0 or more, {arg: INDEX, field: NAME} or {field: NAME})"
	switch n.Kind {
	case yamltree.Int:
		a.Index = int(n.Int)
		if n.Int < 0 || n.Int > maxIndex {
			sink.At(n, "%d is no argument index (want 0 or more)", n.Int)
		}
	case yamltree.Map:
		var spelt struct {
			Arg   *int   `yaml:"arg"`
			Field string `yaml:"field"`
		}
		before := sink.Len()
		yamltree.Decode(n, &spelt, "", sink)
		if sink.Len() > before {
			return
		}
		if spelt.Field == "" {
			sink.At(n, "names no field (add field: NAME, or write the index alone)")
		}
		a.Index, a.Field = ReceiverArg, spelt.Field
		if spelt.Arg != nil {
			a.Index = *spelt.Arg
			index(n, "arg", sink)
		}
	default:
		sink.Want(n, "", want)
	}
}

// maxIndex is more than any call has arguments.
const maxIndex = 1 << 16

// UnmarshalNode reads a name, or a map with the fields.
func (e *Evaluate) UnmarshalNode(n *yamltree.Node, sink *yamltree.Sink) {
	if n.Kind == yamltree.String {
		e.Name = n.Text
		return
	}
	type fields Evaluate // without this method
	yamltree.Decode(n, (*fields)(e), "evaluate", sink)
}

// detailRoles are what a field or method of a detail struct can be.
var detailRoles = []string{RoleValue, RoleNegated, RoleVariant, RoleKey, RoleError, RoleParam, RoleOther}

// UnmarshalNode reads a role, or a map with it.
func (d *Detail) UnmarshalNode(n *yamltree.Node, sink *yamltree.Sink) {
	role := n
	if n.Kind == yamltree.String {
		d.Role = n.Text
	} else {
		type fields Detail // without this method
		before := sink.Len()
		yamltree.Decode(n, (*fields)(d), "details", sink)
		if sink.Len() > before {
			return
		}
		role = n.Get("role")
	}
	if role == nil {
		sink.At(n, "has no role (want one of %s)", strings.Join(detailRoles, ", "))
	} else if !slices.Contains(detailRoles, d.Role) {
		sink.At(role, "role: %q is unknown (want one of %s)", d.Role, strings.Join(detailRoles, ", "))
	}
}

// UnmarshalNode reads a pattern with {key} or {KEY}, or {field: NAME}.
func (e *EnvName) UnmarshalNode(n *yamltree.Node, sink *yamltree.Sink) {
	if n.Kind == yamltree.String {
		e.Pattern = n.Text
		if !strings.Contains(strings.ToLower(n.Text), "{key}") {
			sink.At(n, "env: %q does not say where the key stands (write it with {key})", n.Text)
		}
		return
	}
	if n.Kind != yamltree.Map {
		sink.Want(n, "env", "a pattern with {key}, or {field: NAME}")
		return
	}
	var spelt struct {
		Field string `yaml:"field"`
	}
	before := sink.Len()
	yamltree.Decode(n, &spelt, "env", sink)
	e.Field = spelt.Field
	if e.Field == "" && sink.Len() == before {
		sink.At(n, "env: names no field (add field: NAME)")
	}
}
