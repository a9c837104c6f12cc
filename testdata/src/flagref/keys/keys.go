package keys

import (
	"context"
	"fmt"
	"strings"

	"flagref/sdk"
)

const name = "const" // want `declaration const`

type Key string

const typed Key = "typed" // want `declaration typed`

const prefix = "app."

var never = "var-never-rewritten"

var twice = "a"

func init() { twice = "b" }

var list = []string{"l1", "l2"}

func literals(ctx context.Context, c *sdk.Client, arg int) {
	c.Bool(ctx, name, false)             // want `evaluation const .*obj=name`
	c.Bool(ctx, string(typed), false)    // want `evaluation typed .*obj=typed`
	c.Bool(ctx, prefix+"joined", false)  // want `evaluation app.joined default=false exact$`
	c.Bool(ctx, never, false)            // want `evaluation var-never-rewritten .*obj=never`
	c.Bool(ctx, twice, false)            // want `evaluation a default=false multi` `evaluation b default=false multi`
	c.Bool(ctx, `raw`, false)            // want `evaluation raw default=false exact$`
	local := "local"
	c.Bool(ctx, local, false)            // want `evaluation local .*obj=local`
	for _, k := range list {
		c.Bool(ctx, k, false) // want `evaluation l1 default=false multi` `evaluation l2 default=false multi`
	}
	for _, k := range []Key{"r1", typed} {
		c.Bool(ctx, string(k), false) // want `evaluation r1 default=false multi` `evaluation typed default=false multi`
	}
	for k := range map[string]int{"k1": 1} {
		c.Bool(ctx, k, false) // want `evaluation k1 default=false exact`
	}
	var late string
	if arg > 1 {
		late = "x"
	} else {
		late = "y"
	}
	c.Bool(ctx, late, false) // want `evaluation x default=false multi` `evaluation y default=false multi`

	p := sdk.Payload{User: "u"}
	p.Key = "assigned"
	c.Payload(p) // want `evaluation assigned error=1 exact`
	var q sdk.Payload
	q.Key = "zero"
	c.Payload(q) // want `evaluation zero error=1 exact`
	s := sdk.Payload{Key: "held"}
	c.Payload(s) // want `evaluation held error=1 exact`
	r := &sdk.Payload{Key: "pointer"}
	c.Payload(*r) // want `evaluation pointer error=1 exact`

	c.Bool(ctx, fmt.Sprintf("app.%s", "fmt"), false) // want `evaluation app.fmt default=false exact`
	c.Bool(ctx, strings.ToUpper("up"), false)        // want `evaluation UP default=false exact`
}

func unknown(ctx context.Context, c *sdk.Client, n int) {
	c.Bool(ctx, fmt.Sprintf("app.%d", n), false) // want `evaluation dynamic: the key is put together by fmt.Sprintf`
	c.Bool(ctx, table()["k"], false)             // want `evaluation dynamic: the key is a result of table`
	c.Bool(ctx, read(), false)                   // want `evaluation dynamic: the key is a result of read`
	k := "x"
	set(&k)
	c.Bool(ctx, k, false) // want `evaluation dynamic: the variable k is set through its address`
	j := "x"
	j += "y"
	c.Bool(ctx, j, false) // want `evaluation dynamic: the variable j is assigned more than one value`
}

func set(*string) {}

func table() map[string]string { return nil }

func read() string { return string([]byte(name)[:n]) } // want `mention const`

var n = 3
