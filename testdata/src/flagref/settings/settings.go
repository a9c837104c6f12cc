// Package settings keeps flags in structs, maps and lists.
package settings

import (
	"slices"
	"sync"
)

type Features struct {
	NewCart bool `json:"new_cart"` // want `declaration new_cart`
	Theme   string                 // want `declaration Theme`
	hidden  int                    // for the struct's own use
	Skipped bool `json:"-"`
}

// Own is read by its package alone; what guards it is no flag.
type Own struct {
	mu   sync.RWMutex
	fast bool // want `declaration fast`
}

func (o *Own) isFast() bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.fast // want `evaluation fast exact`
}

type Config struct {
	Features Features
	Other    bool
}

var current Config

func Get() *Features { return &current.Features }

func (f *Features) SetDefaults() { f.NewCart = true }

func read(c Config) {
	if c.Features.NewCart { // want `evaluation new_cart exact`
	}
	if Get().Theme == "dark" { // want `evaluation Theme exact`
	}
	_ = c.Other
	_ = c.Features.Skipped
	_ = c.Features.hidden
	f := c.Features
	_ = f.NewCart // want `evaluation new_cart exact`
}

type Server struct{ experiments []string }

func (s *Server) has(name string) bool { return slices.Contains(s.experiments, name) }

func (s *Server) run() {
	s.has("exp")                              // want `evaluation exp exact via`
	slices.Contains(s.experiments, "direct")  // want `evaluation direct exact`
	slices.Contains([]string{"a"}, "nothing")
}

type Toggle struct{ ID string }

func (t *Toggle) On() bool { return false }

var All = map[string]*Toggle{}

var Kept = &Toggle{ID: "kept"} // want `declaration kept`

func lookups() {
	All["looked"].On()  // want `evaluation looked exact`
	if t, ok := All["comma"]; ok && t.On() { // want `evaluation comma exact`
	}
	Kept.On() // want `evaluation kept exact`
}
