package shop

import (
	"context"

	"example.com/shop/wrap"
	"github.com/open-feature/go-sdk/openfeature"
)

func Total(ctx context.Context, c *openfeature.Client) bool {
	return wrap.On(ctx, c, "known")
}

func Other(ctx context.Context, c *openfeature.Client) bool {
	return wrap.On(ctx, c, "unknwon")
}
