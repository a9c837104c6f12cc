package difftest

import "context"

// Session generates, removes and runs programs.
type Session struct {
	// Generate writes the program of a seed.
	Generate func(seed uint64) *Program
	Universe *Universe
	Runner   *Runner
	Remove   Remover
}

// NewSession prepares a session, with a directory for what it compiles.
func NewSession(dir string, remove Remover) (*Session, error) {
	u, err := NewUniverse()
	if err != nil {
		return nil, err
	}
	r, err := NewRunner(u, dir)
	if err != nil {
		return nil, err
	}
	return &Session{Generate: Generate, Universe: u, Runner: r, Remove: remove}, nil
}

// Batch tries the programs of seeds, which are compiled into one binary.
func (s *Session) Batch(ctx context.Context, seeds []uint64) ([]*Result, error) {
	var out []*Result
	for _, seed := range seeds {
		out = append(out, s.Universe.Check(s.Generate(seed), s.Remove))
	}
	return out, s.Runner.Effects(ctx, out)
}

// Try tries one program, all checks included.
func (s *Session) Try(ctx context.Context, p *Program) (*Result, error) {
	r := s.Universe.Check(p, s.Remove)
	return r, s.Runner.Effects(ctx, []*Result{r})
}
