package rox

import (
	"testing"

	"github.com/rollout/rox-go/v6/server"
)

func TestUse(t *testing.T) {
	before := flags.Checkout
	flags.Checkout = server.NewRoxFlag(true)   // want `override shop.Checkout set=true`
	defer func() { flags.Checkout = before }() // want `override shop.Checkout`
	if use(nil) == "" {
		t.Fail()
	}
}
