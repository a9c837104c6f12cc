// Package evaluation is a stub: the signatures of Flipt's gRPC API, without behaviour.
package evaluation

import "context"

// CallOption is gRPC's.
type CallOption interface{}

// EvaluationRequest says which flag, and for whom.
type EvaluationRequest struct {
	NamespaceKey string
	FlagKey      string
	EntityId     string
}

// BatchEvaluationRequest holds several requests.
type BatchEvaluationRequest struct{ Requests []*EvaluationRequest }

// BooleanEvaluationResponse is a boolean flag evaluated.
type BooleanEvaluationResponse struct {
	Enabled bool
	FlagKey string
}

func (r *BooleanEvaluationResponse) GetEnabled() bool { return r.Enabled }

// VariantEvaluationResponse is a variant flag evaluated.
type VariantEvaluationResponse struct {
	Match             bool
	VariantKey        string
	VariantAttachment string
	FlagKey           string
}

func (r *VariantEvaluationResponse) GetVariantKey() string { return r.VariantKey }

// BatchEvaluationResponse is several flags evaluated.
type BatchEvaluationResponse struct{}

// EvaluationServiceClient is the service's client.
type EvaluationServiceClient interface {
	Boolean(ctx context.Context, in *EvaluationRequest, opts ...CallOption) (*BooleanEvaluationResponse, error)
	Variant(ctx context.Context, in *EvaluationRequest, opts ...CallOption) (*VariantEvaluationResponse, error)
	Batch(ctx context.Context, in *BatchEvaluationRequest, opts ...CallOption) (*BatchEvaluationResponse, error)
}
