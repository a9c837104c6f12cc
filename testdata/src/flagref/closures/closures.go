package closures

import (
	"context"
	"slices"

	"flagref/sdk"
)

var client *sdk.Client

func Checker(key string) func() bool {
	return func() bool { return client.Bool(context.TODO(), key, false) }
}

func Bound() func(string) bool {
	return func(k string) bool { return client.Bool(context.TODO(), k, false) }
}

var isNew = Checker("package-var") // want `evaluation package-var default=false func exact`

func use() {
	Checker("now")() // want `evaluation now default=false exact`
	f := Checker("later") // want `evaluation later default=false func exact`
	f()                   // want `evaluation later default=false exact`
	isNew()               // want `evaluation package-var default=false exact`
	on := func(k string) bool { return client.Bool(context.TODO(), "p."+k, false) }
	on("x")       // want `evaluation p.x default=false exact`
	Bound()("b") // want `evaluation b default=false exact`
	func(k string) { // want `evaluation called default=false`
		client.Bool(context.TODO(), k, false)
	}("called")
	each(func(k string) {
		client.Bool(context.TODO(), k, false) // want `evaluation dynamic: the key is a parameter of a function literal`
	})
	each(func(k string) {
		client.Bool(context.TODO(), "in-literal", false) // want `evaluation in-literal default=false exact`
	})
	go func() {
		client.Bool(context.TODO(), "go", false) // want `evaluation go default=false exact`
	}()
}

func each(f func(string)) {}

// Apply calls what it is given.
func Apply(isOn func(string) bool) bool { return isOn("applied") }

type variation[T any] func(ctx context.Context, key string, def T) (T, error)

type named struct{ name string }

func (n named) Key() string { return n.name }

type keyed interface{ Key() string }

func ask[T any](c *sdk.Client, get variation[T], flag keyed, def T) T {
	if c == nil {
		return def
	}
	v, err := get(context.TODO(), flag.Key(), def)
	if err != nil {
		println(err)
	}
	return v
}

func typed(n named) bool { return ask(client, client.BoolValue, n, false) }

var higher = named{"higher-order"} // want `declaration higher-order`

func useTyped() {
	typed(higher)                                  // want `evaluation higher-order default=false fallback`
	Apply(func(k string) bool { return isOn(k) })  // want `evaluation applied default=false exact`
	Apply(isOn)                                    // want `evaluation applied default=false exact`
}

func isOn(key string) bool { return client.Bool(context.TODO(), key, false) }

type step struct {
	on   bool
	next func() step
}

// Steps gives a literal that holds itself.
func Steps() func() step {
	var next func() step
	next = func() step {
		return step{on: client.Bool(context.TODO(), "recursive", false), next: next} // want `evaluation recursive default=false exact`
	}
	return next
}

// service keeps checks that its constructor binds to what it is given.
type service struct {
	isOn    func(ctx context.Context, key string, def bool) bool
	literal func(key string) bool
	check   func() bool
	swapped func(key string) bool
}

func newService(c *sdk.Client, g *sdk.Gate, def bool) *service {
	s := &service{
		isOn:    c.Bool,
		literal: func(k string) bool { return c.Bool(context.TODO(), k, def) },
		check:   g.IsEnabled,
		swapped: c.IsOff,
	}
	s.swapped = func(string) bool { return false }
	return s
}

func (s *service) use() {
	s.isOn(context.TODO(), "kept-method", true) // want `evaluation kept-method default=true exact`
	s.literal("kept-literal")                   // want `evaluation kept-literal exact`
	s.check()
	s.swapped("either")
}

func useService() {
	newService(client, sdk.Global.Register("bound"), false) // want `declaration bound` `evaluation bound`
}

// cache keeps the function that fills it.
type cache[K comparable, V any] struct {
	held map[K]V
	load func(context.Context, K) V
}

func newCache[K comparable, V any](load func(context.Context, K) V) *cache[K, V] {
	return &cache[K, V]{held: map[K]V{}, load: load}
}

func (c *cache[K, V]) get(k K) V {
	if v, ok := c.held[k]; ok {
		return v
	}
	v := c.load(context.TODO(), k)
	c.held[k] = v
	return v
}

var answers = newCache(func(ctx context.Context, k string) bool { return client.Bool(ctx, k, false) })

func cachedOn(k string) bool { return answers.get(k) }

func useCache() {
	cachedOn("cached") // want `evaluation cached default=false`
}

func all(keys ...string) bool {
	return !slices.ContainsFunc(keys, func(k string) bool { return client.IsOff(k) })
}

func useAll() {
	all("all-1", "all-2") // want `evaluation all-1 .*multi` `evaluation all-2 .*multi`
	slices.IndexFunc([]string{"index-1", "index-2"}, func(k string) bool {
		return client.IsOff(k) // want `evaluation index-1 .*multi` `evaluation index-2 .*multi`
	})
}
