package launchdarkly

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
)

const newCheckout = "new-checkout" // want `declaration new-checkout`

type flags interface {
	BoolVariation(key string, context ldcontext.Context, def bool) (bool, error)
}

type service struct {
	client interfaces.LDClientInterface
	own    flags
}

func shapes(c *ld.LDClient, user ldcontext.Context) bool {
	on, err := c.BoolVariation(newCheckout, user, false) // want `evaluation new-checkout bool default=false error`
	if err != nil {
		return false
	}
	color, _ := c.StringVariation("color", user, "red")       // want `evaluation color string default="red" error`
	v, detail, err := c.IntVariationDetail("limit", user, 10) // want `evaluation limit int default=10 error`
	if err != nil || detail.VariationIndex.IsDefined() {
		return v > 1
	}
	return on && color == "red"
}

func (s *service) through(user ldcontext.Context) bool {
	on, _ := s.client.BoolVariation("via-interface", user, true)                         // want `evaluation via-interface bool default=true error`
	quiet, _ := s.client.WithEventsDisabled(true).BoolVariation("no-events", user, true) // want `evaluation no-events bool default=true error`
	return on && quiet
}

// events and users are no flags
func events(c *ld.LDClient, user ldcontext.Context) error {
	return c.TrackEvent("bought", user)
}
