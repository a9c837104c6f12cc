// Package cli is a stub: the signatures of urfave/cli v3, without behaviour.
package cli

import "time"

// Command gives the values of flags.
type Command struct{}

func (c *Command) IsSet(name string) bool { return false }

func (c *Command) Set(name, value string) error { return nil }

func (c *Command) Bool(name string) bool { return *new(bool) }

func (c *Command) String(name string) string { return *new(string) }

func (c *Command) Int(name string) int { return *new(int) }

func (c *Command) Int64(name string) int64 { return *new(int64) }

func (c *Command) Float64(name string) float64 { return *new(float64) }

func (c *Command) Duration(name string) time.Duration { return *new(time.Duration) }

// FlagBase is a flag of type T.
type FlagBase[T any] struct {
	Name        string
	Usage       string
	Value       T
	Destination *T
}

type (
	BoolFlag     = FlagBase[bool]
	StringFlag   = FlagBase[string]
	IntFlag      = FlagBase[int]
	Float64Flag  = FlagBase[float64]
	DurationFlag = FlagBase[time.Duration]
)
