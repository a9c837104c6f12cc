// Package waffle reads the flags, switches and samples of django-waffle as
// Django's dumpdata writes them.
package waffle

import (
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/internal/read"
)

// Shape returns the format.
func Shape() read.Shape {
	return read.Shape{FormatName: "waffle", Runtime: true, Is: is, Read: parse}
}

func is(root read.Node) bool {
	for _, item := range root.Values() {
		if model := item.At("model"); root.Is(yamltree.List) && model.Is(yamltree.String) && strings.HasPrefix(model.Key(), "waffle.") {
			return true
		}
	}
	return false
}

// parse reads the objects of waffle; a dump can hold others.
func parse(f *read.File, root read.Node) {
	for _, item := range root.Items() {
		model := item.Text("model")
		switch model {
		case "waffle.flag", "waffle.switch", "waffle.sample":
		default:
			continue
		}
		fields, ok := item.Required("fields")
		if !ok {
			continue
		}
		row := f.NamedRow(fields, "name")
		if row == nil {
			continue
		}
		row.SetType(read.Node{}, registry.TypeBool)
		row.Set("description", fields.Get("note"))
		row.SetCreated(fields.Get("created"))
		since := fields.Get("modified").Time()
		switch model {
		case "waffle.flag":
			readFlag(row, fields, since)
		case "waffle.switch":
			row.Serve("", fields, registry.Bool(fields.RequiredBool("active")), since)
		case "waffle.sample":
			switch p := percent(fields); p {
			case 0, 100:
				row.Serve("", fields, registry.Bool(p == 100), since)
			default:
				row.Depends("", fields)
			}
		}
	}
}

func readFlag(row *read.Row, fields read.Node, since registry.Date) {
	everyone := fields.Get("everyone")
	switch {
	case fields.Bool("testing", false), fields.Bool("rollout", false):
		row.Depends("", fields)
	case everyone.Exists():
		row.Serve("", everyone, registry.Bool(fields.Bool("everyone", false)), since)
	case fields.Bool("superusers", true) || fields.Bool("staff", false) || fields.Bool("authenticated", false) || percent(fields) > 0 ||
		fields.Text("languages") != "" || fields.Get("groups").Len() > 0 || fields.Get("users").Len() > 0:
		row.Depends("", fields)
	default:
		row.Serve("", fields, registry.Bool(false), since)
	}
}

// percent reads a decimal, which dumps write as a text; 0 where there is none.
func percent(fields read.Node) float64 {
	p := fields.Get("percent")
	if !p.Exists() {
		return 0
	}
	v, err := strconv.ParseFloat(p.Spelling(), 64)
	if err != nil {
		p.Want("a percentage")
	}
	return v
}
