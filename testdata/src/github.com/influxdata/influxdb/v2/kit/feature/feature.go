// Package feature is a stub: the signatures of InfluxDB's feature flags, without behaviour.
package feature

import "context"

// Lifetime says how long a flag is meant to live.
type Lifetime int

const (
	Temporary Lifetime = iota
	Permanent
)

// Flagger computes flags.
type Flagger interface {
	Flags(ctx context.Context, flags ...Flag) (map[string]interface{}, error)
}

// Flag is any flag.
type Flag interface{ Key() string }

func Annotate(ctx context.Context, f Flagger, flags ...Flag) (context.Context, error) {
	return ctx, nil
}

// BoolFlag is a flag of type bool.
type BoolFlag struct{}

func MakeBoolFlag(name, key, owner string, defaultValue bool, lifetime Lifetime, expose bool) BoolFlag {
	return BoolFlag{}
}

func (f BoolFlag) Key() string { return "" }

func (f BoolFlag) Enabled(ctx context.Context, flagger ...Flagger) bool { return *new(bool) }

// IntFlag is a flag of type int32.
type IntFlag struct{}

func MakeIntFlag(name, key, owner string, defaultValue int32, lifetime Lifetime, expose bool) IntFlag {
	return IntFlag{}
}

func (f IntFlag) Key() string { return "" }

func (f IntFlag) Int(ctx context.Context, flagger ...Flagger) int32 { return *new(int32) }

// FloatFlag is a flag of type float64.
type FloatFlag struct{}

func MakeFloatFlag(name, key, owner string, defaultValue float64, lifetime Lifetime, expose bool) FloatFlag {
	return FloatFlag{}
}

func (f FloatFlag) Key() string { return "" }

func (f FloatFlag) Float(ctx context.Context, flagger ...Flagger) float64 { return *new(float64) }

// StringFlag is a flag of type string.
type StringFlag struct{}

func MakeStringFlag(name, key, owner string, defaultValue string, lifetime Lifetime, expose bool) StringFlag {
	return StringFlag{}
}

func (f StringFlag) Key() string { return "" }

func (f StringFlag) String(ctx context.Context, flagger ...Flagger) string { return *new(string) }
