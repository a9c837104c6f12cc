// Package configcat reads the config JSON of ConfigCat (v6, config_v6.json).
package configcat

import (
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "configcat", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, setting := range root.At("f").Values() {
		if setting.At("t").Is(yamltree.Int) && setting.At("v").Is(yamltree.Map) {
			return true
		}
	}
	return false
}

// kinds are the types by their number, and the field that holds a value of it.
var kinds = []struct {
	field string
	is    registry.Type
}{{"b", registry.TypeBool}, {"s", registry.TypeString}, {"i", registry.TypeInt}, {"d", registry.TypeFloat}}

func parse(f *read.File, root read.Node) {
	for key, setting := range root.Get("f").Entries() {
		readSetting(f.KeyRow(key), setting)
	}
}

func readSetting(row *read.Row, setting read.Node) {
	t, ok := setting.Required("t")
	if !ok {
		return
	}
	i, ok := t.Index(len(kinds))
	if !ok {
		t.Errorf("t must be 0 (bool), 1 (string), 2 (int) or 3 (double)")
		return
	}
	row.SetType(t, kinds[i].is)
	value := func(of read.Node) (v registry.Value, at read.Node, ok bool) {
		if at, ok = of.Required("v"); ok {
			if at, ok = at.Required(kinds[i].field); ok {
				v, ok = at.ValueOf(kinds[i].is)
			}
		}
		return v, at, ok
	}
	served, at, ok := value(setting)
	if !ok {
		return
	}
	for _, rule := range setting.List("r") {
		for _, c := range rule.List("c") {
			row.Require(c.Get("p").Get("f"))
		}
		if s := rule.Get("s"); s.Exists() {
			value(s)
		}
		allOf(rule.List("p"), value)
	}
	all := allOf(setting.List("p"), value)
	switch {
	case len(setting.List("r")) > 0:
		row.Depends("", setting.Get("r"))
	case len(setting.List("p")) == 0:
		row.Serve("", at, served, registry.Date{})
	case all != nil:
		row.Serve("", setting.Get("p"), *all, registry.Date{})
	default:
		row.Depends("", setting.Get("p"))
	}
}

// allOf reads percentage options, and returns the value of one that everyone gets.
func allOf(options []read.Node, value func(read.Node) (registry.Value, read.Node, bool)) (all *registry.Value) {
	for _, o := range options {
		v, _, ok := value(o)
		if !ok {
			continue
		}
		if o.Number("p", 0) == 100 {
			all = &v
		}
	}
	return all
}
