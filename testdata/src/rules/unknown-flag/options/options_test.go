package shop

import (
	"context"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
)

func TestMadeUp(t *testing.T) {
	client := openfeature.NewClient("shop")
	if client.Boolean(context.Background(), "made-up", false, openfeature.EvaluationContext{}) { // want `flag "made-up" is in no registry`
		t.Fatal("on")
	}
}
