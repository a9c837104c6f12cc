// Package objects has flags that are values.
package objects

import (
	"context"

	"flagref/sdk"
)

var client *sdk.Client

// Flag carries its key in a field.
type Flag struct {
	Name  string
	extra int
}

func (f *Flag) Enabled() bool { return client.Bool(context.TODO(), f.Name, false) }

func (f Flag) key() string { return f.Name }

func (f Flag) EnabledByGetter() bool { return client.Bool(context.TODO(), f.key(), false) }

var Literal = &Flag{Name: "literal"} // want `declaration literal`

var Value = Flag{Name: "value"} // want `declaration value`

// Feature is the interface that registerFeature returns.
type Feature interface {
	Enabled() bool
	EnvVar() string
}

type feature struct{ desc, env string }

func (f *feature) Enabled() bool  { return client.Bool(context.TODO(), f.env, false) }
func (f *feature) EnvVar() string { return f.env }

func registerFeature(desc, env string) Feature {
	f := &feature{desc: desc, env: env}
	all[env] = f
	return f
}

var all = map[string]Feature{}

var Registered = registerFeature("desc", "ROX_K") // want `declaration ROX_K`

// BoolFlag is passed to a method of a client.
type BoolFlag struct {
	name string
	def  bool
}

func NewBool(name string, def bool) BoolFlag { return BoolFlag{name: name, def: def} }

func (f BoolFlag) Key() string { return f.name }

type typed interface{ Key() string }

type Client struct{ c *sdk.Client }

func (c *Client) Bool(f BoolFlag) bool { return c.c.Bool(context.TODO(), f.name, f.def) }

func (c *Client) Typed(f typed) bool { return c.c.Bool(context.TODO(), f.Key(), false) }

func get[T typed](c *Client, f T) bool { return c.Typed(f) }

func (c *Client) Generic(f BoolFlag) bool { return get(c, f) }

var Checkout = NewBool("checkout", true) // want `declaration checkout`

var Gate = sdk.Global.Register("gate") // want `declaration gate`

var Setting = sdk.Setting("setting", true) // want `declaration setting`

var Env = sdk.Env("ENV_FLAG", true).Get() // want `declaration ENV_FLAG`

func registerEnv(name string) bool { return sdk.Env("P_"+name, false).Get() }

var Wrapped = registerEnv("WRAPPED") // want `declaration P_WRAPPED`

// Group holds flags in fields.
var Group = struct{ A, B *Flag }{
	A: &Flag{Name: "group-a"}, // want `declaration group-a`
	B: &Flag{Name: "group-b"}, // want `declaration group-b`
}

var List = []*Flag{
	{Name: "list-a"}, // want `declaration list-a`
	{Name: "list-b"}, // want `declaration list-b`
}

func local() {
	Literal.Enabled()         // want `evaluation literal default=false exact via`
	Value.EnabledByGetter()   // want `evaluation value default=false exact via`
	Registered.Enabled()      // want `evaluation ROX_K default=false exact via`
	Gate.IsEnabled()          // want `evaluation gate exact$`
	_ = Gate.Name()           // want `mention gate`
	_ = Env                   // want `evaluation ENV_FLAG .*exact obj=Env`
	_ = Wrapped               // want `evaluation P_WRAPPED .*exact obj=Wrapped`
	Group.A.Enabled()         // want `evaluation group-a default=false exact via`
	(&Flag{Name: "x"}).Enabled() // want `evaluation x default=false exact via`
	for _, f := range List {
		f.Enabled() // want `evaluation list-a .*multi` `evaluation list-b .*multi`
	}
	f := Flag{Name: "loc"}
	f.Enabled() // want `evaluation loc default=false exact via`
}

func through(f *Flag) bool { return f.Enabled() }

func reads() {
	through(Literal) // want `evaluation literal default=false exact via`
	on := Gate.IsEnabled // want `evaluation gate func exact`
	on()                 // want `evaluation gate exact`
	if Env { // want `evaluation ENV_FLAG .*exact obj=Env`
	}
}

// told asks a gate and tells which.
func told(g *sdk.Gate) bool {
	on := g.IsEnabled()
	println(g.Name(), on)
	return on
}

func name(g *sdk.Gate) string { return "gate " + g.Name() }

func tell() bool {
	println(name(Gate)) // want `mention gate via`
	return told(Gate)   // want `evaluation gate exact effects via`
}
