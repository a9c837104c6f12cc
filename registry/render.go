package registry

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// Review marks what a person should look at: by the flag's key and the field's
// name, or "" for the whole row, what to think of. Each becomes a comment
// `# review: …`.
type Review map[string]map[string]string

// Render writes the registry as flags.yaml, its flags in their order and their
// fields in that of the documentation; the same registry gives the same bytes. A
// flag whose type is not known gets that of its default, value or variants.
// What the format has no place for (Locked, Runtime) is left out. It refuses
// flags that the format cannot hold, in words of the parser.
func Render(r *Registry, review Review) ([]byte, error) {
	w := &renderer{}
	w.WriteString("version: 1\n")
	if r.Len() == 0 {
		w.WriteString("flags: {}\n")
		return w.Bytes(), nil
	}
	w.WriteString("flags:\n")
	for i, f := range r.Flags() {
		if i > 0 {
			w.WriteString("\n")
		}
		w.row(f, review[f.Key])
	}
	if _, err := Parse("flags.yaml", w.Bytes()); err != nil {
		return nil, fmt.Errorf("the registry cannot be written as flags.yaml: %w", err)
	}
	return w.Bytes(), nil
}

type renderer struct{ bytes.Buffer }

func (w *renderer) row(f *Flag, review map[string]string) {
	if note := review[""]; note != "" {
		fmt.Fprintf(w, "  # review: %s\n", oneLine(note))
	}
	fields := renderedFields(f)
	if len(fields) == 0 {
		fmt.Fprintf(w, "  %s: {}\n", scalar(f.Key))
	} else {
		fmt.Fprintf(w, "  %s:\n", scalar(f.Key))
	}
	given := map[string]bool{"": true}
	for _, field := range fields {
		given[field.name] = true
		fmt.Fprintf(w, "    %s: %s", field.name, field.text)
		if note := review[field.name]; note != "" {
			fmt.Fprintf(w, " # review: %s", oneLine(note))
		}
		w.WriteString("\n")
	}
	for _, name := range FieldNames() {
		if note := review[name]; note != "" && !given[name] {
			fmt.Fprintf(w, "    # review: %s: %s\n", name, oneLine(note))
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

type renderedField struct{ name, text string }

// renderedFields are the fields that the flag gives, in documented order.
func renderedFields(f *Flag) []renderedField {
	var fields []renderedField
	add := func(name, text string, given bool) {
		if given {
			fields = append(fields, renderedField{name, text})
		}
	}
	variants := make([]string, len(f.Variants))
	for i, v := range f.Variants {
		variants[i] = v.yaml()
	}
	tags := make([]string, len(f.Tags))
	for i, t := range f.Tags {
		tags[i] = scalar(t)
	}
	requires := make([]string, len(f.Requires))
	for i, q := range f.Requires {
		requires[i] = scalar(q.Key)
	}
	t := f.knownType()
	add("type", string(t), t != TypeUnknown)
	add("variants", flowList(variants), len(variants) > 0)
	if f.Default != nil {
		add("default", f.Default.yaml(), true)
	}
	add("kind", string(f.Kind), f.Kind != KindUnknown)
	add("state", string(f.State), f.State != StateUnknown)
	if f.Value != nil {
		add("value", f.Value.yaml(), true)
	}
	add("since", f.Since.String(), !f.Since.IsZero())
	add("description", scalar(f.Description), f.Description != "")
	add("owner", scalar(f.Owner), f.Owner != "")
	add("created", f.Created.String(), !f.Created.IsZero())
	add("expires", f.Expires.String(), !f.Expires.IsZero())
	add("issue", scalar(f.Issue), f.Issue != "")
	add("tags", flowList(tags), len(tags) > 0)
	add("requires", flowList(requires), len(requires) > 0)
	return fields
}

// knownType is the flag's type, or what its values tell.
func (f *Flag) knownType() Type {
	if f.Type != TypeUnknown {
		return f.Type
	}
	values := f.Variants
	for _, v := range []*Value{f.Default, f.Value} {
		if v != nil {
			values = append(values[:len(values):len(values)], *v)
		}
	}
	t := TypeUnknown
	for _, v := range values {
		switch vt := v.Type(); {
		case t == TypeUnknown || t == TypeInt && vt == TypeFloat:
			t = vt
		case t != vt && (t != TypeFloat || vt != TypeInt):
			return TypeJSON
		}
	}
	return t
}

func flowList(items []string) string { return "[" + strings.Join(items, ", ") + "]" }

// plainScalar is text that YAML reads as itself, in lists too.
var plainScalar = regexp.MustCompile(`^[\pL_/][\pL\pN_./@+-]*( [\pL\pN_./@+-]+)*$`)

// scalar writes a text so that it is read as that text.
func scalar(s string) string {
	if plainScalar.MatchString(s) {
		if n, err := yamltree.Parse("", []byte(s+"\n")); err == nil && n.Kind == yamltree.String && n.Text == s {
			return s
		}
	}
	return quoted(s)
}

// quoted is the JSON spelling, which YAML shares, without raw control characters.
func quoted(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}

// yaml spells the value so that it is read as one of its type.
func (v Value) yaml() string {
	switch x := v.v.(type) {
	case string:
		return scalar(x)
	case bool, int64:
		return v.String()
	}
	return quoted(v.v)
}
