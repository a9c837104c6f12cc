package flagref

import "go/types"

// implementations knows which methods of interfaces are wrappers, because a type
// that implements them is known to evaluate flags.
type implementations struct{ p *state }

func newImplementations(p *state) *implementations { return &implementations{p} }

func (m *implementations) update() bool { return false }

func (m *implementations) summary(fn *types.Func) *summary { return nil }
