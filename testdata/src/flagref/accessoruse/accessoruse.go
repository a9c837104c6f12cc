// Package accessoruse calls accessors of another package.
package accessoruse

import (
	"context"

	"flagref/accessors"
	"flagref/sdk"
)

func use(ctx context.Context, f accessors.Flags, c *sdk.Client) {
	_ = f.NewSearch(ctx) // want `evaluation accessor-search default=false exact via`
	_, _ = f.Theme(ctx)  // want `evaluation accessor-theme default="light" exact via`
	_ = f.Count()
	_ = accessors.Direct(c) // want `evaluation accessor-direct default=true exact via`
	_ = accessors.Own(c)
}
