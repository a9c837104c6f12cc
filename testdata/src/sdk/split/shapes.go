package split

import "github.com/splitio/go-client/v6/splitio/client"

func maps(c *client.SplitClient) bool {
	if c.Treatment("user", "new-checkout", nil) == "on" { // want `evaluation new-checkout string`
		return true
	}
	all := c.Treatments("user", []string{"map-a", "map-b"}, nil) // want `evaluation map-a string inexact` `evaluation map-b string inexact`
	return all["map-a"] == "on"
}

// events and flag sets are no flags
func events(c *client.SplitClient) error {
	return c.Track("user", "customer", "bought", nil, nil)
}
