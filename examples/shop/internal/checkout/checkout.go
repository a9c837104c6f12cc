// Package checkout tells a customer what an order costs.
package checkout

import (
	"context"

	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
)

const (
	shippingCents     = 490
	freeShippingCents = 5000
	wrapCents         = 250
)

// Quote is an offer.
type Quote struct {
	Cents int
	Steps []string
}

// Till makes quotes.
type Till struct {
	flags *flags.Client
}

// New makes a till.
func New(client *flags.Client) *Till { return &Till{flags: client} }

// Quote tells what an order of that value costs, and the pages to its end.
func (t *Till) Quote(ctx context.Context, cents int) Quote {
	q := Quote{Cents: cents + t.shipping(ctx, cents)}
	if t.flags.Enabled(ctx, flags.OnePageCheckout) {
		q.Steps = []string{"order"}
		if t.flags.Enabled(ctx, "gift-wrap") {
			q.Cents += wrapCents
		}
	} else {
		q.Steps = []string{"address", "shipping", "payment", "confirm"}
	}
	if t.flags.Enabled(ctx, "gift-wraping") {
		q.Steps = append(q.Steps, "wrapping")
	}
	return q
}

func (t *Till) shipping(ctx context.Context, cents int) int {
	if t.flags.Enabled(ctx, flags.FreeShipping) && cents >= freeShippingCents {
		return 0
	}
	return shippingCents
}
