package provider

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// Setting is a field that a Decoder fills, and the name of what fills it.
type Setting struct {
	Owner types.Type // the struct type that declares the field, as written
	Field *types.Var
	Key   string
	// Alias is another name of the same setting, or empty.
	Alias string
	// Default is what the field's tag gives, if HasDefault.
	Default    string
	HasDefault bool
}

// Settings lists the fields of struct t (or of what it points to) that the
// decoder fills, those of nested structs too, in the order of their declaration.
// prefix is what the call's Prefix argument gives, empty if there is none.
// Unexported fields, and those that the tags leave out, are none; a struct within
// itself is not entered again.
func (d *Decoder) Settings(t types.Type, prefix string) []Setting {
	var out []Setting
	d.settings(t, prefix, nil, &out)
	return out
}

func (d *Decoder) settings(t types.Type, prefix string, within []*types.Struct, out *[]Setting) {
	st, ok := structOf(t)
	if !ok || slices.Contains(within, st) {
		return
	}
	within = append(within, st)
	for i := range st.NumFields() {
		f, tag := st.Field(i), reflect.StructTag(st.Tag(i))
		if !f.Exported() && !f.Embedded() || tag.Get("ignored") == "true" {
			continue
		}
		name, opts, _ := strings.Cut(tag.Get(d.Tag), ",")
		if name == "-" {
			continue
		}
		if d.nests(f.Type(), name, opts) {
			d.settings(f.Type(), d.nestedPrefix(f, name, opts, tag, prefix), within, out)
			continue
		}
		s := Setting{Owner: t, Field: f}
		if name == "" {
			if name = d.derived(f.Name(), tag); name == "" {
				continue
			}
		} else if d.Alias && prefix != "" {
			s.Alias = d.join("", name)
		}
		s.Key = d.join(prefix, name)
		s.Default, s.HasDefault = tagOption(d.Default, tag)
		*out = append(*out, s)
	}
}

// nests reports whether the field's own fields are settings: it is a struct that
// is not itself a value (time.Time and everything else that decodes text).
func (d *Decoder) nests(t types.Type, name, opts string) bool {
	if _, ok := structOf(t); !ok {
		return false
	}
	for _, method := range []string{"UnmarshalText", "Decode", "EnvDecode", "UnmarshalJSON", "SetValue", "Set"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method); obj != nil {
			if _, ok := obj.(*types.Func); ok {
				return false
			}
		}
	}
	return d.Nested == "name" || name == "" || strings.Contains(opts, "prefix=")
}

func (d *Decoder) nestedPrefix(f *types.Var, name, opts string, tag reflect.StructTag, prefix string) string {
	switch {
	case d.Nested == "":
		return prefix
	case d.Nested != "name":
		p, _ := tagOption(d.Nested, tag)
		return prefix + p
	case f.Embedded() && d.Derive == "upper", strings.Contains(","+opts+",", ",squash,"):
		return prefix // envconfig's embedded structs, mapstructure's squashed ones
	case name == "":
		name = d.derived(f.Name(), tag)
	}
	return d.join(prefix, name)
}

// derived names a field without a tag.
func (d *Decoder) derived(field string, tag reflect.StructTag) string {
	switch d.Derive {
	case "upper":
		if d.Split != "" && tag.Get(d.Split) == "true" {
			field = strings.Join(words(field), "_")
		}
		return strings.ToUpper(field)
	case "lower":
		return strings.ToLower(field)
	}
	return ""
}

func (d *Decoder) join(prefix, name string) string {
	if prefix != "" {
		name = prefix + d.Join + name
	}
	if d.Derive == "upper" {
		name = strings.ToUpper(name)
	}
	return name
}

// tagOption reads a tag ("default"), or an option of one ("env:default" is opt in
// `env:"NAME, default=opt"`). An option that is the last takes commas too.
func tagOption(spec string, tag reflect.StructTag) (string, bool) {
	key, opt, isOpt := strings.Cut(spec, ":")
	if key == "" {
		return "", false
	}
	text, ok := tag.Lookup(key)
	if !isOpt {
		return text, ok
	}
	_, opts, _ := strings.Cut(text, ",")
	for o := range strings.SplitSeq(opts, ",") {
		if v, found := strings.CutPrefix(strings.TrimLeft(o, " "), opt+"="); found {
			return v, true
		}
	}
	return "", false
}

// words splits a camel-case name: "NewUIFlag" gives New, UI, Flag.
func words(name string) []string {
	var out []string
	r := []rune(name)
	start := 0
	for i := 1; i < len(r); i++ {
		lowerUpper := !unicode.IsUpper(r[i-1]) && unicode.IsUpper(r[i])
		acronymEnd := unicode.IsUpper(r[i-1]) && unicode.IsUpper(r[i]) && i+1 < len(r) && unicode.IsLower(r[i+1])
		if lowerUpper || acronymEnd {
			out = append(out, string(r[start:i]))
			start = i
		}
	}
	return append(out, string(r[start:]))
}
