// Package sdk is an invented flag SDK that has one of everything.
package sdk

import "context"

type Client struct{}

type Flags interface {
	Bool(ctx context.Context, key string, def bool) bool
}

func (c *Client) Bool(ctx context.Context, key string, def bool) bool               { return def }
func (c *Client) BoolValue(ctx context.Context, key string, def bool) (bool, error) { return def, nil }
func (c *Client) String(ctx context.Context, key, def string) string                { return def }
func (c *Client) IsOff(key string) bool                                             { return false }
func (c *Client) Details(key string) (*Result, error)                               { return nil, nil }
func (c *Client) Layer(key string) Layer                                            { return Layer{} }
func (c *Client) Payload(p Payload) (any, error)                                    { return nil, nil }
func (c *Client) Many(keys []string) map[string]bool                                { return nil }
func (c *Client) Each(keys ...string) []bool                                        { return nil }
func (c *Client) All() map[string]bool                                              { return nil }

type Result struct {
	Value, Off bool
	Variant    string
	Reason     string
}

// Layer tells what is read of it: what its methods do is a fact for importers.
type Layer struct{ read func(name string) }

func (l Layer) Text(name, fallback string) string {
	l.read(name)
	return fallback
}

type Payload struct {
	Key  string
	User string
}

type Option func()

func WithFallback(v bool) Option { return nil }

func On(key string, opts ...Option) bool { return false }

type Registry struct{}

type Gate struct{ id string }

func (r *Registry) Register(id string) *Gate { return &Gate{id} }
func (g *Gate) IsEnabled() bool              { return false }
func (g *Gate) Name() string                 { return g.id }

var Global = &Registry{}

type BoolSetting struct{ key string }

func Setting(key string, def bool) BoolSetting { return BoolSetting{key} }

func (s BoolSetting) Get(c *Client) func() bool { return func() bool { return false } }

type EnvVar struct{ name string }

func Env(name string, def bool) EnvVar { return EnvVar{name} }

func (e EnvVar) Get() bool { return false }

func Override(key string, v bool)                    {}
func OverrideAll(x any, flags map[string]bool)       {}
func Enable(x any, keys string)                      {}
func SetForTest[T any](x any, p *T, v T)             { *p = v }
