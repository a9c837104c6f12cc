// Package decorators has decorators that make another key of the one that they get,
// around each other and around themselves, and recursions that do.
package decorators

import (
	"context"

	"flagref/sdk"
)

// Flags is what they decorate.
type Flags interface {
	Enabled(key string) bool
	Force(key string, on bool)
}

type team struct{ c *sdk.Client }

func (t team) Enabled(key string) bool { return t.c.Bool(context.TODO(), key, false) }

func (t team) Force(key string, on bool) {}

// New gives the bare ones.
func New(c *sdk.Client) Flags { return team{c} }

// prefixed, scoped and first make three keys of each, and of each of these three more.
type prefixed struct {
	next   Flags
	prefix string
}

func (p *prefixed) Enabled(key string) bool { return p.next.Enabled(p.prefix + key) }

func (p *prefixed) Force(key string, on bool) { p.next.Force(p.prefix+key, on) }

// Prefixed puts prefix before keys.
func Prefixed(prefix string, f Flags) Flags { return &prefixed{next: f, prefix: prefix} }

type scoped struct {
	next  Flags
	scope string
}

func (s *scoped) Enabled(key string) bool { return s.next.Enabled(key + "@" + s.scope) }

func (s *scoped) Force(key string, on bool) { s.next.Force(key+"@"+s.scope, on) }

// Scoped puts scope behind keys.
func Scoped(scope string, f Flags) Flags { return &scoped{next: f, scope: scope} }

type first struct{ all []Flags }

func (f *first) Enabled(key string) bool {
	for _, one := range f.all {
		if one.Enabled("one." + key) {
			return true
		}
	}
	return false
}

func (f *first) Force(key string, on bool) {
	for _, one := range f.all {
		one.Force("one."+key, on)
	}
}

// First asks all.
func First(all ...Flags) Flags { return &first{all} }

// legacy is no wrapper of the SDK.
type legacy struct{ on map[string]bool }

func (l legacy) Enabled(key string) bool { return l.on[key] }

func (l legacy) Force(key string, on bool) { l.on[key] = on }

func known(c *sdk.Client) {
	New(c).Enabled("bare")                                                   // want `evaluation bare default=false exact`
	Prefixed("a.", New(c)).Enabled("once")                                   // want `evaluation a.once default=false`
	Prefixed("a.", Prefixed("b.", Prefixed("c.", New(c)))).Enabled("thrice") // want `evaluation c.b.a.thrice default=false`
	Scoped("s", Prefixed("a.", Scoped("t", New(c)))).Enabled("mixed")        // want `evaluation a.mixed@s@t default=false`
	Prefixed("a.", legacy{}).Enabled("elsewhere")
}

func unknown(f Flags) {
	f.Enabled("any") // want `evaluation any default=false`
}

// walk asks for a flag, and for those below it.
func walk(c *sdk.Client, key string, depth int) bool {
	if c.Bool(context.TODO(), key, false) {
		return true
	}
	return depth > 0 && (walk(c, key+".left", depth-1) || walk(c, key+".right", depth-1) || walk(c, "up."+key, depth-1))
}

// either asks for one of the flags after the other.
func either(c *sdk.Client, one, two, three string, n int) bool {
	return n > 0 && (c.Bool(context.TODO(), one, false) || either(c, two, three, one, n-1))
}

func recursive(c *sdk.Client) {
	walk(c, "root", 1)                   // want `evaluation root` `evaluation root.left` `evaluation root.right` `evaluation up.root`
	either(c, "red", "green", "blue", 3) // want `evaluation red` `evaluation green` `evaluation blue`
}
