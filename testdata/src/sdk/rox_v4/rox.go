// Package rox uses the rows of the provider rox that version 4 alone has.
package rox

import (
	"github.com/rollout/rox-go/v4/core/context"
	"github.com/rollout/rox-go/v4/server"
)

type container struct {
	Title server.RoxVariant // want `declaration old.Title default="red"`
	Fast  server.RoxFlag    // want `declaration old.Fast default=true`
}

var flags = &container{
	Title: server.NewRoxVariant("red", []string{"red", "blue"}),
	Fast:  server.NewRoxFlag(true),
}

func setup(rox *server.Rox) { rox.Register("old", flags) }

func use(ctx context.Context) bool {
	return flags.Title.GetValue(ctx) == "red" && flags.Fast.IsEnabled(ctx) // want `evaluation old.Title string default="red"` `evaluation old.Fast bool default=true`
}
