// Package accessors has accessors of flags that are generated, and one that is not.
package accessors

import (
	"context"

	"flagref/sdk"
)

func Own(c *sdk.Client) bool {
	return c.Bool(context.Background(), "accessor-own", true) // want `evaluation accessor-own default=true exact`
}

func near(f Flags) bool {
	return f.NewSearch(context.Background()) // want `evaluation accessor-search default=false exact via=flags.gen.go:23`
}
