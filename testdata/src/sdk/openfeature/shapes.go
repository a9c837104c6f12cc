package openfeature

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

// NewCheckout is a key by name.
const NewCheckout = "new-checkout" // want `declaration new-checkout`

// Key is a type of keys.
type Key string

// Color is a typed key.
const Color Key = "color" // want `declaration color`

const prefix = "shop."

type embedding struct{ *openfeature.Client }

type local interface {
	BooleanValue(ctx context.Context, flag string, def bool, ec openfeature.EvaluationContext, options ...openfeature.Option) (bool, error)
}

func keys(ctx context.Context, c *openfeature.Client, ec openfeature.EvaluationContext) {
	_ = c.Boolean(ctx, NewCheckout, false, ec)   // want `evaluation new-checkout bool default=false`
	_ = c.String(ctx, string(Color), "red", ec)  // want `evaluation color string default="red"`
	_ = c.Boolean(ctx, prefix+"cart", false, ec) // want `evaluation shop.cart bool default=false`
	e := embedding{c}
	_ = e.Boolean(ctx, "embedded", false, ec) // want `evaluation embedded bool default=false`
	f := c.Boolean
	_ = f(ctx, "method-value", true, ec) // want `evaluation method-value bool default=true`
	g := (*openfeature.Client).Boolean
	_ = g(c, ctx, "method-expression", true, ec) // want `evaluation method-expression bool default=true`
	for _, key := range []string{"loop-a", "loop-b"} {
		_ = c.Boolean(ctx, key, false, ec) // want `evaluation loop-a bool default=false inexact` `evaluation loop-b bool default=false inexact`
	}
}

func details(ctx context.Context, c *openfeature.Client, ec openfeature.EvaluationContext) (string, error) {
	d, err := c.BooleanValueDetails(ctx, NewCheckout, false, ec) // want `evaluation new-checkout bool default=false error`
	if err != nil {
		return string(d.ErrorCode) + d.ErrorMessage, err
	}
	if d.Value {
		return d.Variant, nil
	}
	return d.FlagKey + string(d.Reason), nil
}

// wrapped is a wrapper: its callers name the key.
func wrapped(ctx context.Context, c *openfeature.Client, key string) bool {
	v, err := c.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})
	return err == nil && v
}

func callers(ctx context.Context, c *openfeature.Client, dynamic string) bool {
	return wrapped(ctx, c, NewCheckout) // want `evaluation new-checkout bool default=false`
}

// an event is no flag
func track(ctx context.Context, c *openfeature.Client, ec openfeature.EvaluationContext) {
	c.Track(ctx, "bought", ec, openfeature.NewTrackingEventDetails(1))
}

// a provider implements flags, and uses none
type provider struct{ openfeature.NoopProvider }

func (p provider) BooleanEvaluation(ctx context.Context, flag string, def bool, flat openfeature.FlattenedContext) openfeature.BoolResolutionDetail {
	return p.NoopProvider.BooleanEvaluation(ctx, flag, def, flat)
}

func direct(ctx context.Context, p openfeature.FeatureProvider) {
	_ = p.BooleanEvaluation(ctx, "not-a-use", false, nil)
}
