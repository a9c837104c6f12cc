package shop

import (
	"context"
	"testing"
)

func TestFallback(t *testing.T) {
	if !client.Boolean(context.Background(), "new-checkout", true, user{}) {
		t.Fatal("off")
	}
}
