package shop

import (
	"context"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
)

func TestMadeUp(t *testing.T) {
	if client.Boolean(context.Background(), "made-up", false, openfeature.EvaluationContext{}) {
		t.Fatal("on")
	}
}
