// Package ifaces has interfaces of its own that the SDK, a client of the team, a
// decorator and a mock satisfy.
package ifaces

import (
	"context"

	"flagref/sdk"
)

// Flags is satisfied by *team, which is used as one below.
type Flags interface {
	Enabled(key string) bool
}

type team struct{ c *sdk.Client }

func (t *team) Enabled(key string) bool { return t.c.Bool(context.TODO(), key, false) }

// logged decorates another Flags.
type logged struct{ next Flags }

func (l logged) Enabled(key string) bool { return l.next.Enabled(key) }

type mock struct{ on map[string]bool }

func (m mock) Enabled(key string) bool { return m.on[key] }

func New(c *sdk.Client) Flags { return logged{&team{c}} }

// Details is satisfied by the SDK's client, which nobody uses so here; its
// signature tells.
type Details interface {
	Details(key string) (*sdk.Result, error)
}

// Offs is satisfied by the SDK's client too, but by so many others that it does
// not count.
type Offs interface {
	IsOff(key string) bool
}

// Embedded has the method of an interface within.
type Embedded interface {
	Flags
	Close()
}

type server struct {
	flags Flags
	both  Embedded
}

func use(s *server, d Details, o Offs, l logged) {
	s.flags.Enabled("field")   // want `evaluation field default=false exact`
	s.both.Enabled("embedded") // want `evaluation embedded default=false exact`
	l.Enabled("decorator")     // want `evaluation decorator default=false exact`
	d.Details("details")       // want `evaluation details error=1 exact`
	o.IsOff("accident")
	mock{}.Enabled("mock")
	New(nil).Enabled("constructed") // want `evaluation constructed default=false exact`
}

func wrapper(f Flags, key string) bool { return f.Enabled(key) }

func outer(s *server) {
	wrapper(s.flags, "wrapped") // want `evaluation wrapped default=false exact`
}

// Late is satisfied only by what a package that imports this one converts.
type Late interface {
	IsOff(key string) bool
}

func late(l Late) bool { return l.IsOff("late") }
