// Package stages writes a key, or what carries it, again before it is used.
package stages

import (
	"context"
	"strings"

	"flagref/sdk"
)

var client *sdk.Client

// On makes the key of its parameter, in the parameter.
func On(key string) bool {
	key = "app." + strings.ToLower(key)
	return client.Bool(context.TODO(), key, false)
}

// Both evaluates what it is given and what it makes of it.
func Both(key string) {
	client.Bool(context.TODO(), key, false)
	key = key + ".v2"
	client.Bool(context.TODO(), key, false)
}

// Sometimes changes the key in a branch only.
func Sometimes(key string, old bool) bool {
	if old {
		key = "old"
	}
	return client.Bool(context.TODO(), key, false)
}

// Later runs behind the change.
func Later(key string) func() bool {
	key = "later." + key
	return func() bool { return client.Bool(context.TODO(), key, false) }
}

// Query is a value that its methods change.
type Query struct {
	name string
	def  bool
	tags []string
}

func New(name string) Query { return Query{name: name, def: true} }

func (q Query) In(namespace string) Query {
	q.name = namespace + "." + q.name
	return q
}

func (q Query) Default(def bool) Query {
	q.def = def
	return q
}

func (q Query) Tag(t string) Query {
	q.tags = append(q.tags, t)
	return q
}

func (q Query) Eval() bool { return client.Bool(context.TODO(), q.name, q.def) }

// Builder is the same by a pointer.
type Builder struct{ name string }

func (b *Builder) In(namespace string) *Builder {
	b.name = namespace + "." + b.name
	return b
}

func (b *Builder) Eval() bool { return client.Bool(context.TODO(), b.name, false) }

var kept = New("kept").In("pkg")

func use(n int) {
	On("Upper")                                   // want `evaluation app.upper default=false exact`
	Both("both")                                  // want `evaluation both default=false` `evaluation both.v2 default=false`
	Sometimes("new", n > 1)                       // want `evaluation new .*multi` `evaluation old .*multi`
	Later("k")()                                  // want `evaluation later.k default=false exact`
	New("plain").Eval()                           // want `evaluation plain default=true exact`
	New("cart").In("shop").Eval()                 // want `evaluation shop.cart default=true exact`
	New("twice").In("a").In("b").Eval()           // want `evaluation b.a.twice default=true exact`
	New("other").Default(false).Tag("x").Eval()   // want `evaluation other default=false exact`
	(&Builder{name: "built"}).In("by").Eval()     // want `evaluation by.built default=false exact`
	kept.Eval()                                   // want `evaluation pkg.kept default=true exact`

	k := "first"
	client.Bool(context.TODO(), k, false) // want `evaluation first default=false exact`
	k = "second"
	client.Bool(context.TODO(), k, false) // want `evaluation second default=false exact`
	p := sdk.Payload{Key: "payload"}
	p.Key = "re." + p.Key
	client.Payload(p) // want `evaluation re.payload error=1 exact`
	made := load()
	client.Payload(made) // want `evaluation dynamic: the key is a result of load`
	made.Key = "set"
	client.Payload(made) // want `evaluation set error=1 exact`
	for i := range n {
		client.Bool(context.TODO(), k, false) // want `evaluation second default=false exact`
		r := "round"
		if i > 1 {
			r = "branch"
		}
		client.Bool(context.TODO(), r, false) // want `evaluation round .*multi` `evaluation branch .*multi`
	}
	l := "loop"
	for range n {
		client.Bool(context.TODO(), l, false) // want `evaluation loop .*multi` `evaluation loop2 .*multi`
		l = "loop2"
	}
	c := "captured"
	f := func() { client.Bool(context.TODO(), c, false) } // want `evaluation captured .*multi` `evaluation captured2 .*multi`
	c = "captured2"
	f()
}

// Again goes back to where the key was another.
func Again(n int) {
	k := "before"
again:
	client.Bool(context.TODO(), k, false) // want `evaluation before .*multi` `evaluation after .*multi`
	k = "after"
	if n--; n > 0 {
		goto again
	}
}

func load() sdk.Payload { return sdk.Payload{Key: unknown()} }

func unknown() string { return string([]byte("x")[:n]) }

var n = 1
