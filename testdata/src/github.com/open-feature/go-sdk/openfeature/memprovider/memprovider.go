// Package memprovider is a stub of
// github.com/open-feature/go-sdk/openfeature/memprovider as of v1.20.0.
package memprovider

type State string

const (
	Enabled  State = "ENABLED"
	Disabled State = "DISABLED"
)

type InMemoryFlag struct {
	Key            string
	State          State
	DefaultVariant string
	Variants       map[string]any
}

type InMemoryProvider struct{ flags map[string]InMemoryFlag }

func NewInMemoryProvider(from map[string]InMemoryFlag) InMemoryProvider {
	return InMemoryProvider{flags: from}
}

func (p InMemoryProvider) Metadata() string { return "memory" }
