// Package sdk is a stub: the signatures of Flipt's Go SDK, without behaviour.
package sdk

import (
	"context"

	"go.flipt.io/flipt/rpc/flipt/evaluation"
)

// Evaluation evaluates flags.
type Evaluation struct{}

func (x *Evaluation) Boolean(ctx context.Context, v *evaluation.EvaluationRequest) (*evaluation.BooleanEvaluationResponse, error) {
	return nil, nil
}

func (x *Evaluation) Variant(ctx context.Context, v *evaluation.EvaluationRequest) (*evaluation.VariantEvaluationResponse, error) {
	return nil, nil
}

func (x *Evaluation) Batch(ctx context.Context, v *evaluation.BatchEvaluationRequest) (*evaluation.BatchEvaluationResponse, error) {
	return nil, nil
}
