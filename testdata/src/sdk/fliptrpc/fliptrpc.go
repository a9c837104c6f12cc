// Package fliptrpc uses every row of the provider fliptrpc.
package fliptrpc

import (
	"context"
	"go.flipt.io/flipt/rpc/flipt/evaluation"
	sdk "go.flipt.io/flipt/sdk/go"
)

func evaluationEvaluationServiceClient(c context.Context, evaluationServiceClient evaluation.EvaluationServiceClient) {
	_, _ = evaluationServiceClient.Batch(c, &evaluation.BatchEvaluationRequest{Requests: []*evaluation.EvaluationRequest{{FlagKey: "batch-a"}, {FlagKey: "batch-b"}}}) // want `evaluation batch-a error` `evaluation batch-b error`
	_, _ = evaluationServiceClient.Boolean(c, &evaluation.EvaluationRequest{FlagKey: "boolean"})                                                                       // want `evaluation boolean bool error`
	_, _ = evaluationServiceClient.Variant(c, &evaluation.EvaluationRequest{FlagKey: "variant"})                                                                       // want `evaluation variant string error`
}

func sdkEvaluation(c context.Context, e *sdk.Evaluation) {
	_, _ = e.Boolean(c, &evaluation.EvaluationRequest{FlagKey: "boolean"})                                                                       // want `evaluation boolean bool error`
	_, _ = e.Variant(c, &evaluation.EvaluationRequest{FlagKey: "variant"})                                                                       // want `evaluation variant string error`
	_, _ = e.Batch(c, &evaluation.BatchEvaluationRequest{Requests: []*evaluation.EvaluationRequest{{FlagKey: "batch-a"}, {FlagKey: "batch-b"}}}) // want `evaluation batch-a error` `evaluation batch-b error`
}
