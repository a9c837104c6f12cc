package main

import (
	"path/filepath"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/load"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/internal/recall"
	"github.com/flaghygiene/flaglint/removal"
)

// found is what is known of a whole program of which only parts are typed.
type found struct {
	listing  *load.Listing
	result   *recall.Result
	narrower *load.Narrower
	part     *reach.Part // nil until a plan is made
	before   *reach.Part // that of fewer build configurations
}

// findParts finds the references of all packages of the modules that the patterns are in,
// as find does, but by what is remembered, and leaves it to the plan to type those packages
// that it needs. Where that is not possible, it does what find does.
func (s *session) findParts() error {
	s.everything = true
	suite, err := s.suite(nil, analyzer.SeverityError)
	if err != nil {
		return err
	}
	listing, result, err := s.remembered(suite, true)
	if err != nil {
		return err
	}
	if !listing.Whole {
		s.patterns = nil
		for _, m := range listing.Modules {
			s.patterns = append(s.patterns, filepath.Join(m.Dir, "..."))
		}
		if listing, result, err = s.remembered(suite, true); err != nil {
			return err
		}
	}
	if result == nil {
		s.found = nil
		if err := s.loadListed(listing); err != nil {
			return err
		}
		return s.refer()
	}
	f := &found{listing: listing, result: result, narrower: listing.Narrow(result.ExportFile)}
	if s.found != nil {
		f.before = s.found.part
	}
	s.found, s.prog, s.packages = f, listing.Program(), result.Packages
	return nil
}

// maxParts bounds how often a plan shows further packages to look into; then it looks into
// all.
const maxParts = 5

// workOut makes a plan, of as much of the program as it takes.
func (s *session) workOut(targets []removal.Target, opts removal.Options) (*removal.Plan, error) {
	defer progress(s.stderr, s.live && !s.quiet, "working out the removal")()
	f := s.found
	if f == nil {
		return removal.New(s.prog.Removal(s.refs), targets, opts)
	}
	if err := f.seed(targets); err != nil {
		return nil, err
	}
	for round := 1; ; round++ {
		if round == maxParts {
			f.part.All()
		}
		var err error
		if s.prog, err = f.narrower.Load(s.ctx, f.part.Has); err != nil {
			return nil, err
		}
		if s.refs, err = f.result.Search(s.ctx, s.prog); err != nil {
			return nil, err
		}
		program := s.prog.Removal(s.refs)
		program.Rest = f.part.Rest()
		plan, err := removal.New(program, targets, opts)
		if err != nil && program.Rest != nil {
			f.part.All() // a refusal should not come of what was not seen
			continue
		}
		if err != nil {
			return nil, err
		}
		if s.verbose {
			in, all := f.part.Size()
			s.hint("looked into %d of %d packages", in, all)
		}
		if program.Rest == nil || !f.part.Widen(plan) {
			return plan, nil
		}
	}
}

// seed makes the first part.
func (f *found) seed(targets []removal.Target) error {
	if f.part != nil {
		return nil
	}
	var keys []string
	for _, t := range targets {
		keys = append(keys, t.Key)
	}
	part, err := reach.New(f.listing, keys, f.before)
	if err != nil {
		return err
	}
	var roots []*load.Package
	for _, p := range f.listing.Packages {
		if p.Root {
			roots = append(roots, p)
		}
	}
	part.Seed(keys, roots, f.result.Packages)
	f.part = part
	return nil
}
