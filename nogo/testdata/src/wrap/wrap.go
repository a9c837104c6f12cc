package wrap

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

// On asks for a flag.
func On(ctx context.Context, c *openfeature.Client, key string) bool {
	v := c.Boolean(ctx, key, false, openfeature.EvaluationContext{})
	return v
}
