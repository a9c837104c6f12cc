package read

import (
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
)

// Row is a flag that is being read.
type Row struct {
	*registry.Flag
	file *File
	seen []registry.Value // values that tell the type, and are no variants
	full map[string]bool  // lists that have as many items as they may
	// typed is set once the source has said what type the flag has.
	typed bool
}

// mark notes where a field of the flag stands.
func (r *Row) mark(field string, n Node) {
	if n.Exists() {
		r.Fields[field] = n.Pos()
	}
}

// Set sets a text field of the flag, named as in flags.yaml, to a text, unless it
// is set or the text is empty.
func (r *Row) Set(field string, n Node) {
	if !n.Exists() {
		return
	}
	s := strings.TrimSpace(n.AsText())
	into := map[string]*string{"description": &r.Description, "owner": &r.Owner, "issue": &r.Issue}[field]
	if s != "" && *into == "" {
		*into = s
		r.mark(field, n)
	}
}

// SetCreated sets the day on which the flag was made, from a text or milliseconds.
func (r *Row) SetCreated(n Node) {
	if r.Created = n.Time(); !r.Created.IsZero() {
		r.mark("created", n)
	}
}

// SetExpires sets the day by which the flag must be gone.
func (r *Row) SetExpires(n Node, d registry.Date) {
	if !d.IsZero() {
		r.Expires = registry.Expiry{Date: d}
		r.mark("expires", n)
	}
}

// SetKind sets what the flag is for.
func (r *Row) SetKind(n Node, kind registry.Kind) {
	r.Kind = kind
	r.mark("kind", n)
}

// SetType sets the type of the flag, which its values are not asked for then.
func (r *Row) SetType(n Node, t registry.Type) {
	r.Type, r.typed = t, true
	if n.f != nil {
		r.mark("type", n)
	}
}

// SetDefault sets what code falls back to.
func (r *Row) SetDefault(n Node, v registry.Value) {
	r.Default = &v
	r.mark("default", n)
}

// Tag adds a tag.
func (r *Row) Tag(s string) {
	if s = strings.TrimSpace(s); s != "" && !slices.Contains(r.Tags, s) {
		if !r.isFull("tags", len(r.Tags)) {
			r.Tags = append(r.Tags, s)
		}
	}
}

// maxItems bounds the lists of a flag.
const maxItems = 1000

func (r *Row) isFull(what string, n int) bool {
	if n < maxItems {
		return false
	}
	if !r.full[what] {
		r.file.Errorf(r.Source.Line, r.Source.Column, "the flag has more than %d %s", maxItems, what)
		r.full = map[string]bool{what: true}
	}
	return true
}

// SetTags adds the texts of a list as tags.
func (r *Row) SetTags(n Node) {
	for _, item := range n.Items() {
		r.Tag(item.AsText())
	}
	r.mark("tags", n)
}

// Require adds a prerequisite.
func (r *Row) Require(n Node) {
	key := n.AsText()
	if key != "" {
		r.RequireKey(key, n.Pos())
	}
}

// RequireKey adds a prerequisite that is named at a place.
func (r *Row) RequireKey(key string, pos registry.Position) {
	if key != r.Key && !r.isFull("prerequisites", len(r.Requires)) && !slices.ContainsFunc(r.Requires, func(q registry.Requirement) bool { return q.Key == key }) {
		r.Requires = append(r.Requires, registry.Requirement{Key: key, Pos: pos})
	}
}

// Variant adds a value that the flag can take.
func (r *Row) Variant(v registry.Value) {
	if !r.isFull("variants", len(r.Variants)) && !slices.ContainsFunc(r.Variants, v.Equal) {
		r.Variants = append(r.Variants, v)
	}
}

// Seen notes a value that the flag has somewhere, where nothing says which values
// it can have. It tells the type.
func (r *Row) Seen(v registry.Value) {
	if len(r.seen) < maxItems {
		r.seen = append(r.seen, v)
	}
}

// Retire notes that the source calls the flag completed or archived.
func (r *Row) Retire() { r.State = registry.StateRetired }

// Serve notes that an environment, or all of them, serves one value to everyone,
// and since when surely.
func (r *Row) Serve(env string, at Node, v registry.Value, since registry.Date) {
	r.Serves = append(r.Serves, registry.Serving{Environment: env, Only: &v, Since: since, Pos: at.Pos()})
}

// Fallback notes that an environment serves everyone what the code falls back to.
func (r *Row) Fallback(env string, at Node, since registry.Date) {
	r.Serves = append(r.Serves, registry.Serving{Environment: env, Fallback: true, Since: since, Pos: at.Pos()})
}

// Depends notes that it depends what an environment serves.
func (r *Row) Depends(env string, at Node) {
	r.Serves = append(r.Serves, registry.Serving{Environment: env, Pos: at.Pos()})
}

// Metadata reads the free fields that a system lets its users attach to a flag, by
// the names that flags.yaml has, and those that are usual. A date that is none is
// wrong; what is of another type than it would be here is something else.
func (r *Row) Metadata(m Node) {
	if !m.Exists() {
		return
	}
	for key, value := range m.Entries() {
		text := value.Is(yamltree.String)
		switch strings.ToLower(key.Key()) {
		case "owner", "team", "maintainer", "contact":
			if text {
				r.Set("owner", value)
			}
		case "description":
			if text {
				r.Set("description", value)
			}
		case "issue", "jira", "ticket":
			if text {
				r.Set("issue", value)
			}
		case "kind":
			if kind := registry.Kind(value.n.Text); text && slices.Contains(registry.Kinds(), kind) {
				r.SetKind(value, kind)
			}
		case "permanent":
			r.Permanent = r.Permanent || value.Is(yamltree.Bool) && value.n.Bool
		case "created", "createdat", "created_at":
			if text {
				r.SetCreated(value)
			}
		case "expires", "expiry", "expiration", "expiresat", "expires_at":
			if text {
				r.expiry(value)
			}
		case "tags":
			r.looseTags(value)
		}
	}
}

func (r *Row) expiry(n Node) {
	e, ok := ParseExpiry(n.n.Text)
	if !ok {
		n.Errorf("%s is neither a date nor a version (want YYYY-MM-DD or vMAJOR.MINOR.PATCH)", n.where)
	}
	r.Expires = e
	r.mark("expires", n)
}

func (r *Row) looseTags(n Node) {
	switch {
	case n.Is(yamltree.String):
		for tag := range strings.SplitSeq(n.n.Text, ",") {
			r.Tag(tag)
		}
	case n.Is(yamltree.List):
		for _, item := range n.Items() {
			if item.Is(yamltree.String) {
				r.Tag(item.n.Text)
			}
		}
	}
	r.mark("tags", n)
}

// finish lets the values tell the type where the source does not. Whole numbers
// do not: they can be floats.
func (r *Row) finish() {
	if r.typed || r.Type != registry.TypeUnknown {
		return
	}
	values := slices.Concat(r.Variants, r.seen)
	for _, s := range r.Serves {
		if s.Only != nil {
			values = append(values, *s.Only)
		}
	}
	if r.Default != nil {
		values = append(values, *r.Default)
	}
	r.Type = TypeOf(values)
}

// TypeOf returns the type that all the values have: a bool, a string, a float
// where numbers are not all whole, JSON. Whole numbers, and values of different
// types, tell none.
func TypeOf(values []registry.Value) registry.Type {
	t := registry.TypeUnknown
	for i, v := range values {
		vt := v.Type()
		switch {
		case i == 0 || t == vt:
			t = vt
		case t == registry.TypeInt && vt == registry.TypeFloat || t == registry.TypeFloat && vt == registry.TypeInt:
			t = registry.TypeFloat
		default:
			return registry.TypeUnknown
		}
	}
	if t == registry.TypeInt {
		return registry.TypeUnknown
	}
	return t
}

// ParseExpiry reads a date, or a full semantic version.
func ParseExpiry(s string) (registry.Expiry, bool) {
	if semver.IsValid(s) && semver.Canonical(s) == s {
		return registry.Expiry{Version: s}, true
	}
	d, ok := ParseDate(s)
	return registry.Expiry{Date: d}, ok
}

// ServedIn reports whether it is known what an environment serves.
func (r *Row) ServedIn(env string) bool {
	return slices.ContainsFunc(r.Serves, func(s registry.Serving) bool { return s.Environment == env })
}

// Lock notes that the source makes any other value impossible.
func (r *Row) Lock(at Node, v registry.Value) {
	r.Locked, r.State, r.Value = true, registry.StateRetired, &v
	r.mark("state", at)
	r.mark("value", at)
}
