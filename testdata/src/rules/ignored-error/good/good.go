package shop

import (
	"context"
	"log"

	"github.com/open-feature/go-sdk/openfeature"
)

var client = openfeature.NewClient("shop")

func Pages(ctx context.Context, user openfeature.EvaluationContext) int {
	onePage, err := client.BooleanValue(ctx, "new-checkout", false, user)
	if err != nil {
		log.Print(err)
	}
	if onePage {
		return 1
	}
	return 3
}
