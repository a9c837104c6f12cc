package shop

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

var onePage = client.Boolean(context.Background(), "new-checkout", false, openfeature.EvaluationContext{}) // want `flag "new-checkout" is evaluated once, when the package is initialised, so that switching it needs a restart`

func Pages() int {
	if onePage {
		return 1
	}
	return 3
}
