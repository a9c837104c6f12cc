package registry

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/flaghygiene/flaglint/internal/yamltree"
)

// What the JSON Schema says of texts too; a test holds both together.
var (
	keySyntax  = regexp.MustCompile(`^[^\x00-\x20\x7f]([^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$`)
	dateSyntax = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?$`)
	// versionSyntax is a full semantic version without build metadata, which
	// orders nothing.
	versionSyntax = regexp.MustCompile(`^v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?$`)
)

// maxKey is the number of characters that a key may have.
const maxKey = 256

// rowParser reads the fields of one row.
type rowParser struct {
	*nativeParser
	flag  *Flag
	typed bool // the row has a type field
}

// rowFields reads each field; key is where errors stand.
var rowFields = map[string]func(r *rowParser, key, n *yamltree.Node){
	"type": func(r *rowParser, key, n *yamltree.Node) {
		readEnum(r, key, n, Types())
		if !slices.Contains(Types(), r.flag.Type) {
			r.flag.Type = TypeUnknown
		}
	},
	"kind":        func(r *rowParser, key, n *yamltree.Node) { r.flag.Kind = readEnum(r, key, n, Kinds()) },
	"state":       func(r *rowParser, key, n *yamltree.Node) { r.flag.State = readEnum(r, key, n, States()) },
	"description": func(r *rowParser, key, n *yamltree.Node) { r.flag.Description = r.text(key, n) },
	"owner":       func(r *rowParser, key, n *yamltree.Node) { r.flag.Owner = r.text(key, n) },
	"issue":       func(r *rowParser, key, n *yamltree.Node) { r.flag.Issue = r.text(key, n) },
	"since":       func(r *rowParser, key, n *yamltree.Node) { r.flag.Since = r.date(key, n) },
	"created":     func(r *rowParser, key, n *yamltree.Node) { r.flag.Created = r.date(key, n) },
	"expires":     func(r *rowParser, key, n *yamltree.Node) { r.flag.Expires = r.expiry(key, n) },
	"default":     func(r *rowParser, key, n *yamltree.Node) { r.flag.Default = r.value(key, key.Text, n) },
	"value":       func(r *rowParser, key, n *yamltree.Node) { r.flag.Value = r.value(key, key.Text, n) },
	"variants":    (*rowParser).variants,
	"tags":        (*rowParser).tags,
	"requires":    (*rowParser).requires,
}

func readEnum[T ~string](r *rowParser, key, n *yamltree.Node, known []T) T {
	if n.Kind == yamltree.String && slices.Contains(known, T(n.Text)) {
		return T(n.Text)
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	r.sink.At(key, "%s: %s is unknown (want %s)", key.Text, n.Describe(), strings.Join(names, ", "))
	return ""
}

func (r *rowParser) text(key, n *yamltree.Node) string {
	if n.Kind == yamltree.String {
		return n.Text
	}
	at := *n
	at.Line, at.Column = key.Line, key.Column
	r.sink.WantString(&at, key.Text)
	return ""
}

func (r *rowParser) date(key, n *yamltree.Node) Date {
	if n.Kind == yamltree.String && dateSyntax.MatchString(n.Text) {
		if d, err := ParseDate(n.Text); err == nil {
			return d
		}
	}
	r.sink.At(key, "%s: %s is no date (want YYYY-MM-DD)", key.Text, n.Describe())
	return Date{}
}

func (r *rowParser) expiry(key, n *yamltree.Node) Expiry {
	if n.Kind == yamltree.String && strings.HasPrefix(n.Text, "v") {
		if versionSyntax.MatchString(n.Text) && semver.IsValid(n.Text) {
			return Expiry{Version: n.Text}
		}
		r.sink.At(key, "expires: %s is no version (want vMAJOR.MINOR.PATCH)", n.Describe())
		return Expiry{}
	}
	if n.Kind == yamltree.Float || n.Kind == yamltree.String && semver.IsValid("v"+n.Text) && !strings.Contains(n.Text, "-") {
		r.sink.At(key, "expires: %s is neither a date nor a version (want YYYY-MM-DD or vMAJOR.MINOR.PATCH)", n.Describe())
		return Expiry{}
	}
	return Expiry{Date: r.date(key, n)}
}

// value reads a value of the flag's type.
func (r *rowParser) value(at *yamltree.Node, where string, n *yamltree.Node) *Value {
	v, ok := r.convert(n)
	if ok {
		return &v
	}
	why := ""
	switch {
	case !r.typed:
		why = "; the flag has no type, which means bool"
	case r.flag.Type == TypeString && n.Kind != yamltree.List && n.Kind != yamltree.Map:
		why = "; quote it"
	}
	r.sink.At(at, "%s: %s is no %s%s", where, n.Describe(), r.flag.Type, parenthesis(why))
	return nil
}

func parenthesis(why string) string {
	if why == "" {
		return ""
	}
	return " (" + strings.TrimPrefix(why, "; ") + ")"
}

func (r *rowParser) convert(n *yamltree.Node) (Value, bool) {
	switch r.flag.Type {
	case TypeBool:
		return Bool(n.Bool), n.Kind == yamltree.Bool
	case TypeString:
		return String(n.Text), n.Kind == yamltree.String
	case TypeInt:
		if n.Kind == yamltree.Float && n.Float == math.Trunc(n.Float) && math.Abs(n.Float) <= 1<<53 {
			return Int(int64(n.Float)), true
		}
		return Int(n.Int), n.Kind == yamltree.Int
	case TypeFloat:
		if n.Kind == yamltree.Int {
			return Float(float64(n.Int)), true
		}
		return Float(n.Float), n.Kind == yamltree.Float
	case TypeJSON:
		return JSON(r.json(n)), true
	}
	return Value{}, true // of a type that is wrong itself
}

// json returns what encoding/json would decode.
func (r *rowParser) json(n *yamltree.Node) any {
	switch n.Kind {
	case yamltree.Int:
		return float64(n.Int)
	case yamltree.List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = r.json(item)
		}
		return list
	case yamltree.Map:
		m := make(map[string]any, len(n.Entries))
		for key, value := range r.sink.Entries(n) {
			if key.Kind != yamltree.String {
				r.sink.At(key, "key %s is %s, not a string (quote it)", key.Text, key.Kind)
			}
			m[key.Text] = r.json(value)
		}
		return m
	}
	return n.Any()
}

func (r *rowParser) variants(key, n *yamltree.Node) {
	if n.Kind != yamltree.List || len(n.Items) == 0 {
		r.sink.At(key, "variants: %s is not a list of values", describeList(n))
		return
	}
	for _, item := range n.Items {
		v := r.value(item, "variants", item)
		if v == nil {
			continue
		}
		if slices.ContainsFunc(r.flag.Variants, v.Equal) {
			r.sink.At(item, "variants: %s stands twice (remove one)", v)
			continue
		}
		r.flag.Variants = append(r.flag.Variants, *v)
	}
}

func describeList(n *yamltree.Node) string {
	if n.Kind == yamltree.List {
		return "an empty list"
	}
	return n.Describe()
}

func (r *rowParser) tags(key, n *yamltree.Node) {
	for _, item := range r.list(key, n) {
		switch {
		case item.Kind != yamltree.String:
			r.sink.WantString(item, "tags")
		case slices.Contains(r.flag.Tags, item.Text):
			r.sink.At(item, "tags: %q stands twice (remove one)", item.Text)
		default:
			r.flag.Tags = append(r.flag.Tags, item.Text)
		}
	}
}

func (r *rowParser) requires(key, n *yamltree.Node) {
	for _, item := range r.list(key, n) {
		if item.Kind == yamltree.List || item.Kind == yamltree.Map {
			r.sink.At(item, "requires: %s is not the key of a flag", item.Describe())
			continue
		}
		r.key(item, "requires: flag")
		if slices.ContainsFunc(r.flag.Requires, func(q Requirement) bool { return q.Key == item.Text }) {
			r.sink.At(item, "requires: %q stands twice (remove one)", item.Text)
			continue
		}
		r.flag.Requires = append(r.flag.Requires, Requirement{item.Text, r.position(item)})
	}
}

func (r *rowParser) list(key, n *yamltree.Node) []*yamltree.Node {
	if n.Kind != yamltree.List {
		r.sink.At(key, "%s: %s is not a list", key.Text, n.Describe())
	}
	return n.Items
}

// checkVariants refuses a default and a value that the flag cannot take.
func (r *rowParser) checkVariants(n *yamltree.Node) {
	f := r.flag
	if len(f.Variants) == 0 {
		return
	}
	for _, e := range n.Entries {
		v := map[string]*Value{"default": f.Default, "value": f.Value}[e.Key.Text]
		if v != nil && !slices.ContainsFunc(f.Variants, v.Equal) {
			r.sink.At(e.Key, "%s: %s is none of the variants (%s)", e.Key.Text, e.Value.Describe(), joinValues(f.Variants))
		}
	}
}

func joinValues(values []Value) string {
	const most = 10
	var b strings.Builder
	for i, v := range values {
		if i == most {
			fmt.Fprintf(&b, ", and %d more", len(values)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(v.String())
	}
	return b.String()
}
