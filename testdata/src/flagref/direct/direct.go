package direct

import (
	"context"

	"flagref/sdk"
)

type wrap struct{ *sdk.Client }

type alias = sdk.Client

func calls(ctx context.Context, c *sdk.Client, w wrap, a *alias, i sdk.Flags) {
	c.Bool(ctx, "plain", true)                     // want `evaluation plain default=true exact`
	w.Bool(ctx, "embedded", false)                 // want `evaluation embedded default=false exact`
	a.Bool(ctx, "alias", false)                    // want `evaluation alias default=false exact`
	i.Bool(ctx, "iface", false)                    // want `evaluation iface default=false exact`
	(*sdk.Client).Bool(c, ctx, "methodexpr", true) // want `evaluation methodexpr default=true exact`
	f := c.Bool
	f(ctx, "methodvalue", false)           // want `evaluation methodvalue default=false exact`
	v, err := c.BoolValue(ctx, "two", true) // want `evaluation two default=true error=1 exact`
	_, _ = v, err
	c.IsOff("off")                                // want `evaluation off negated exact`
	c.Payload(sdk.Payload{Key: "field"})          // want `evaluation field error=1 exact`
	c.Payload(sdk.Payload{"positional", "u"})     // want `evaluation positional error=1 exact`
	c.Many([]string{"m1", "m2"})                  // want `evaluation m1 multi` `evaluation m2 multi`
	c.Each("e1", "e2")                            // want `evaluation e1 multi` `evaluation e2 multi`
	sdk.On("noopt")                               // want `evaluation noopt exact`
	sdk.On("opt", sdk.WithFallback(true))         // want `evaluation opt default=true exact`
	c.All()                                       // want `evaluation dynamic: the call reads every flag`
	g := map[string]func(context.Context, string, bool) bool{"x": c.Bool}
	_ = g
	(c.Bool)(ctx, ("paren"), false) // want `evaluation paren default=false exact`
	defer c.Bool(ctx, "deferred", false) // want `evaluation deferred default=false exact`
	if p := c.IsOff; p("cond") { // want `evaluation cond negated exact`
	}
}

func generic[T interface{ *sdk.Client }](c T) {}

type holder[T any] struct {
	c *sdk.Client
	v T
}

func (h *holder[T]) on(ctx context.Context) bool {
	return h.c.Bool(ctx, "ingeneric", false) // want `evaluation ingeneric default=false exact`
}

func layers(c *sdk.Client) string {
	l := c.Layer("layer")           // want `evaluation layer exact`
	return l.Text("colour", "blue") // want `evaluation layer default="blue" exact`
}
