package optimizely

import "github.com/optimizely/go-sdk/v2/pkg/client"

func decisions(c *client.OptimizelyClient) bool {
	user := c.CreateUserContext("user", nil)
	if d := user.Decide("new-checkout", nil); d.Enabled { // want `evaluation new-checkout bool`
		return d.VariationKey == "on"
	}
	all := user.DecideAll(nil)   // want `evaluation ? bool`
	return all["search"].Enabled // want `evaluation search bool`
}
