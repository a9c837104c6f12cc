package shop

import (
	"context"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
)

func TestAll(t *testing.T) {
	for _, name := range names() {
		client.Boolean(context.Background(), name, false, openfeature.EvaluationContext{})
	}
}

func names() []string { return nil }
