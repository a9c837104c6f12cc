// Package typeparamuse calls the wrappers of another package.
package typeparamuse

import (
	"context"

	"flagref/typeparams"
)

type Search struct{}

func (Search) Key() string { return "search" }

type holder struct {
	typeparams.Toggle[typeparams.NewNav]
}

func use(h *holder) bool {
	return typeparams.On[Search](context.TODO()) || // want `evaluation search default=false exact via`
		typeparams.On[typeparams.NewNav](context.TODO()) || // want `evaluation new-nav default=false exact via`
		h.Enabled() // want `evaluation app.new-nav default=false exact via`
}
