// Package cli is a stub: the signatures of urfave/cli v2, without behaviour.
package cli

import "time"

// Context gives the values of flags.
type Context struct{}

func (c *Context) IsSet(name string) bool { return false }

func (c *Context) Set(name, value string) error { return nil }

func (c *Context) Bool(name string) bool { return *new(bool) }

// BoolFlag is a flag of type bool.
type BoolFlag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       bool
	Destination *bool
}

func (c *Context) String(name string) string { return *new(string) }

// StringFlag is a flag of type string.
type StringFlag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       string
	Destination *string
}

func (c *Context) Int(name string) int { return *new(int) }

// IntFlag is a flag of type int.
type IntFlag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       int
	Destination *int
}

func (c *Context) Int64(name string) int64 { return *new(int64) }

// Int64Flag is a flag of type int64.
type Int64Flag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       int64
	Destination *int64
}

func (c *Context) Float64(name string) float64 { return *new(float64) }

// Float64Flag is a flag of type float64.
type Float64Flag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       float64
	Destination *float64
}

func (c *Context) Duration(name string) time.Duration { return *new(time.Duration) }

// DurationFlag is a flag of type time.Duration.
type DurationFlag struct {
	Name        string
	Usage       string
	EnvVars     []string
	Value       time.Duration
	Destination *time.Duration
}
