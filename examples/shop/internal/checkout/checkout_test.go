package checkout_test

import (
	"context"
	"testing"

	"github.com/flaghygiene/flaglint/examples/shop/internal/checkout"
	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
	"github.com/flaghygiene/flaglint/examples/shop/internal/flags/flagstest"
)

func TestQuote(t *testing.T) {
	for _, test := range []struct {
		name  string
		set   map[string]bool
		cents int
		want  int
		steps int
	}{
		{name: "plain", cents: 1000, want: 1490, steps: 4},
		{name: "one page", set: map[string]bool{flags.OnePageCheckout: true}, cents: 1000, want: 1490, steps: 1},
		{name: "free shipping", set: map[string]bool{flags.FreeShipping: true}, cents: 6000, want: 6000, steps: 4},
		{name: "free shipping, too little", set: map[string]bool{flags.FreeShipping: true}, cents: 1000, want: 1490, steps: 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			till := checkout.New(flagstest.Client(t, test.set))
			got := till.Quote(context.Background(), test.cents)
			if got.Cents != test.want || len(got.Steps) != test.steps {
				t.Errorf("got %d cents in %d steps, want %d in %d", got.Cents, len(got.Steps), test.want, test.steps)
			}
		})
	}
}
