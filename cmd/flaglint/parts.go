package main

import (
	"path/filepath"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/reach"
	"github.com/flaghygiene/flaglint/removal"
)

// findParts finds the references of all packages of the modules that the patterns are in,
// since what a removal takes away may be used from any of them, by what is remembered, and
// leaves it to the plan to type those packages that it needs. Where that is not possible, all
// packages are loaded.
func (s *session) findParts() error {
	suite, err := s.suite(nil, analyzer.SeverityError)
	if err != nil {
		return err
	}
	return s.findPartsBy(suite, true)
}

// findPartsBy does so with the rules of a suite, unless refsOnly is set.
func (s *session) findPartsBy(suite *analyzer.Suite, refsOnly bool) error {
	s.everything = true
	listing, result, err := s.remembered(suite, refsOnly)
	if err != nil {
		return err
	}
	if !listing.Whole {
		s.patterns = nil
		for _, m := range listing.Modules {
			s.patterns = append(s.patterns, filepath.Join(m.Dir, "..."))
		}
		if listing, result, err = s.remembered(suite, refsOnly); err != nil {
			return err
		}
	}
	if result == nil {
		s.finder = nil
		if err := s.loadListed(listing); err != nil {
			return err
		}
		s.unregistered = func(key string) bool {
			for _, r := range s.refs {
				if r.Asked.Unregistered(key) {
					return true
				}
			}
			return false
		}
		return s.findIn(suite, refsOnly)
	}
	s.finder = reach.NewFinder(listing, result, s.finder)
	s.prog, s.packages, s.unregistered = listing.Program(), result.Packages, result.Unregistered
	return nil
}

// workOut makes a plan, from as much of the program as it takes.
func (s *session) workOut(targets []removal.Target, opts removal.Options) (*removal.Plan, error) {
	defer progress(s.stderr, s.live && !s.quiet, "working out the removal")()
	if s.finder == nil {
		return removal.New(s.prog.Removal(s.refs), targets, opts)
	}
	plan, err := s.finder.Plan(s.ctx, targets, opts, func(in, all int) {
		if s.verbose {
			s.hint("looking into %d of %d packages", in, all)
		}
	})
	s.prog, s.refs = s.finder.Program, s.finder.References
	return plan, err
}
