package amplitude

import (
	"github.com/amplitude/experiment-go-server/pkg/experiment"
	"github.com/amplitude/experiment-go-server/pkg/experiment/local"
	"github.com/amplitude/experiment-go-server/pkg/experiment/remote"
)

// indexing what Fetch gives is what reads a flag
func fetched(c *remote.Client, user *experiment.User) bool {
	variants, err := c.Fetch(user) // want `evaluation ? string error`
	if err != nil {
		return false
	}
	return variants["color"].Value == "red" // want `evaluation color string`
}

func evaluated(c *local.Client, user *experiment.User) bool {
	variants, err := c.Evaluate(user, []string{"new-checkout"}) // want `evaluation new-checkout string error inexact`
	return err == nil && variants["new-checkout"].Value == "on"
}
