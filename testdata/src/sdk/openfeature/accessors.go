package openfeature

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

// the flag is evaluated by calling a field of a generated variable
func generated(ctx context.Context, ec openfeature.EvaluationContext) bool {
	return EnableFeatureA.Value(ctx, ec) // want `evaluation enableFeatureA bool default=false`
}
