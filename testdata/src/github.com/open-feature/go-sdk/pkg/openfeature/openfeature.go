// Package openfeature is a stub: the signatures of OpenFeature's SDK before v1.11, when it lay here, without behaviour.
package openfeature

import "context"

// EvaluationContext is whom a flag is evaluated for.
type EvaluationContext struct{}

// Option is an option of an evaluation.
type Option func(*int)

// EvaluationDetails explains a value.
type EvaluationDetails struct {
	FlagKey  string
	FlagType int
	ResolutionDetail
}

// ResolutionDetail says why a value is so.
type ResolutionDetail struct {
	Variant      string
	Reason       string
	ErrorCode    string
	ErrorMessage string
	FlagMetadata map[string]any
}

// Client evaluates flags.
type Client struct{}

func NewClient(name string) *Client { return &Client{} }

// BooleanEvaluationDetails is a value, explained.
type BooleanEvaluationDetails struct {
	Value bool
	EvaluationDetails
}

func (c *Client) BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error) {
	return defaultValue, nil
}

func (c *Client) BooleanValueDetails(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (BooleanEvaluationDetails, error) {
	return BooleanEvaluationDetails{}, nil
}

// StringEvaluationDetails is a value, explained.
type StringEvaluationDetails struct {
	Value string
	EvaluationDetails
}

func (c *Client) StringValue(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (string, error) {
	return defaultValue, nil
}

func (c *Client) StringValueDetails(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (StringEvaluationDetails, error) {
	return StringEvaluationDetails{}, nil
}

// FloatEvaluationDetails is a value, explained.
type FloatEvaluationDetails struct {
	Value float64
	EvaluationDetails
}

func (c *Client) FloatValue(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (float64, error) {
	return defaultValue, nil
}

func (c *Client) FloatValueDetails(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (FloatEvaluationDetails, error) {
	return FloatEvaluationDetails{}, nil
}

// IntEvaluationDetails is a value, explained.
type IntEvaluationDetails struct {
	Value int64
	EvaluationDetails
}

func (c *Client) IntValue(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (int64, error) {
	return defaultValue, nil
}

func (c *Client) IntValueDetails(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (IntEvaluationDetails, error) {
	return IntEvaluationDetails{}, nil
}

// ObjectEvaluationDetails is a value, explained.
type ObjectEvaluationDetails struct {
	Value any
	EvaluationDetails
}

func (c *Client) ObjectValue(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (any, error) {
	return defaultValue, nil
}

func (c *Client) ObjectValueDetails(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (ObjectEvaluationDetails, error) {
	return ObjectEvaluationDetails{}, nil
}

// IClient declares the evaluations.
type IClient interface {
	BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error)
	BooleanValueDetails(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (BooleanEvaluationDetails, error)
	StringValue(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (string, error)
	StringValueDetails(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (StringEvaluationDetails, error)
	FloatValue(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (float64, error)
	FloatValueDetails(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (FloatEvaluationDetails, error)
	IntValue(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (int64, error)
	IntValueDetails(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (IntEvaluationDetails, error)
	ObjectValue(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (any, error)
	ObjectValueDetails(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (ObjectEvaluationDetails, error)
}
