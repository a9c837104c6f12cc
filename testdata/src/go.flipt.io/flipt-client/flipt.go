// Package flipt is a stub: the signatures of Flipt's client-side client, without behaviour.
package flipt

import "context"

// Client evaluates flags.
type Client struct{}

// EvaluationRequest says which flag, and for whom.
type EvaluationRequest struct {
	FlagKey  string
	EntityID string
	Context  map[string]string
}

// BooleanEvaluationResponse is a boolean flag evaluated.
type BooleanEvaluationResponse struct {
	Enabled               bool
	FlagKey               string
	Reason                string
	RequestDurationMillis float64
	Timestamp             string
}

// VariantEvaluationResponse is a variant flag evaluated.
type VariantEvaluationResponse struct {
	Match             bool
	SegmentKeys       []string
	Reason            string
	FlagKey           string
	VariantKey        string
	VariantAttachment string
}

// BatchEvaluationResponse is several flags evaluated.
type BatchEvaluationResponse struct{}

func (c *Client) EvaluateBoolean(ctx context.Context, req *EvaluationRequest) (*BooleanEvaluationResponse, error) {
	return nil, nil
}

func (c *Client) EvaluateVariant(ctx context.Context, req *EvaluationRequest) (*VariantEvaluationResponse, error) {
	return nil, nil
}

func (c *Client) EvaluateBatch(ctx context.Context, reqs []*EvaluationRequest) (*BatchEvaluationResponse, error) {
	return nil, nil
}
