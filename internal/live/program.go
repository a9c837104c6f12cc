package live

import (
	"context"
	"errors"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/load"
)

// Program is a loaded program and what was found in it.
type Program struct {
	prog    *load.Program
	tests   bool
	units   []*unit // dependencies first
	byID    map[unitID]*unit
	byTypes map[*types.Package]*unit

	suite             *analyzer.Suite
	search, collector *analysis.Analyzer
	extra             *flagref.Extra // what packages told each other last
	// next is the suite that learn is to run.
	next *analyzer.Suite
	// unlearned: packages may have something new to tell each other.
	unlearned bool
}

// unit is a package and what is known of it.
type unit struct {
	pkg *load.Package
	// untyped: it, or what it imports, has changed since it was typed. unfound: its
	// references are not those of its types. unjudged: neither are its findings.
	untyped, unfound, unjudged bool

	facts   *drive.Facts
	results map[*analysis.Analyzer]any // while it is analysed
	refs    *flagref.Result            // nil: not sound
	told    *flagref.Extra             // when packages told each other last
	result  *analyzer.Package
	err     error
}

// unitID tells packages apart, those of other build configurations too.
type unitID struct{ config, id string }

func idOf(p *load.Package) unitID { return unitID{p.Config, p.ID} }

// Load loads the packages that the options name. Judge has to follow.
func Load(ctx context.Context, opts load.Options) (*Program, error) {
	prog, err := load.Load(ctx, opts)
	if err != nil {
		return nil, err
	}
	p := &Program{prog: prog, tests: opts.Tests, byID: map[unitID]*unit{}, byTypes: map[*types.Package]*unit{}}
	for _, pkg := range prog.Packages {
		u := &unit{pkg: pkg, facts: drive.NewFacts()}
		p.units = append(p.units, u)
		p.byID[idOf(pkg)], p.byTypes[pkg.Types] = u, u
	}
	return p, nil
}

// deps are the units that a unit imports.
func (p *Program) deps(u *unit) []*unit {
	out := make([]*unit, 0, len(u.pkg.Deps))
	for _, dep := range u.pkg.Deps {
		out = append(out, p.byID[idOf(dep)])
	}
	return out
}

// Judge runs the rules of a suite, which the Program keeps, on all packages. Where
// the suite would find the references that the one before found, these stay. When
// the context ends before, it has to be called again.
func (p *Program) Judge(ctx context.Context, suite *analyzer.Suite) error {
	p.next = suite
	if p.unlearned || p.suite == nil || !suite.Resume(p.suite, p.extra) {
		p.unlearned = true
		return p.Refresh(ctx)
	}
	p.suite, p.search, p.collector = suite, suite.References(), suite.Collector()
	for _, u := range p.units {
		u.unjudged = true
	}
	return p.Refresh(ctx)
}

// Edit takes over what files hold now, by absolute name. It reports whether the go
// command should be asked again, by Load: until then, what Refresh finds is what
// it can without (see load.Program.Edit).
func (p *Program) Edit(files map[string][]byte) (ask bool) {
	ask = p.prog.Edit(files)
	for _, u := range p.units {
		if !slices.ContainsFunc(u.pkg.GoFiles, func(name string) bool { return files[name] != nil }) {
			continue
		}
		u.untyped = true
		for dependent := range p.importers(u) {
			dependent.untyped = true
		}
	}
	return ask
}

// Refresh types and analyses what has changed. Where files are named, it does so
// only for the packages that hold them and what these import; what is left is told by
// Stale. It can be interrupted, and goes on when called again.
func (p *Program) Refresh(ctx context.Context, files ...string) error {
	wanted := func(u *unit) bool {
		return len(files) == 0 || slices.ContainsFunc(files, func(name string) bool { return slices.Contains(u.pkg.GoFiles, name) })
	}
	todo := map[*unit]bool{}
	var add func(u *unit)
	add = func(u *unit) {
		if todo[u] {
			return
		}
		todo[u] = true
		for _, dep := range p.deps(u) {
			add(dep)
		}
	}
	for _, u := range p.units {
		if wanted(u) {
			add(u)
		}
	}
	for _, u := range p.units {
		if todo[u] && u.untyped {
			if err := ctx.Err(); err != nil {
				return err
			}
			p.retype(u)
		}
	}
	whole := len(files) == 0 || p.search == nil
	if !p.unlearned || !whole {
		find := p.those(func(u *unit) bool { return todo[u] && u.unfound })
		if err := p.each(ctx, find, p.refind); err != nil {
			return err
		}
		for _, u := range find {
			// What a package without sound types told before is as good as nothing.
			p.unlearned = p.unlearned || u.pkg.Root && u.pkg.Sound() && !extra(u).Equal(u.told)
		}
	}
	if p.unlearned && whole {
		if err := p.learn(ctx); err != nil {
			return err
		}
	}
	judge := p.those(func(u *unit) bool { return todo[u] && u.unjudged && !u.unfound })
	if err := p.each(ctx, judge, p.judge); err != nil {
		return err
	}
	if !p.Stale() {
		p.prog.Forget()
	}
	return nil
}

// those are the units for which f holds, in their order.
func (p *Program) those(f func(*unit) bool) []*unit {
	var out []*unit
	for _, u := range p.units {
		if f(u) {
			out = append(out, u)
		}
	}
	return out
}

// retype types a unit again.
func (p *Program) retype(u *unit) {
	delete(p.byTypes, u.pkg.Types)
	u.pkg = p.prog.Recheck(u.pkg)
	p.byTypes[u.pkg.Types] = u
	u.untyped, u.unfound, u.unjudged = false, true, true
	for dependent := range p.importers(u) {
		dependent.untyped = true // its types are of the package before
	}
}

// refind finds the references of a unit again, with what packages told each other
// before.
func (p *Program) refind(u *unit) {
	p.find(u, p.search)
	u.unfound = false
}

// extra is what a unit tells others.
func extra(u *unit) *flagref.Extra {
	if u.refs == nil {
		return nil
	}
	return u.refs.Extra
}

// Stale reports whether something is not up to date.
func (p *Program) Stale() bool {
	return p.unlearned || slices.ContainsFunc(p.units, func(u *unit) bool { return u.untyped || u.unfound || u.unjudged })
}

// Packages are what was found in each package that is checked, in their order.
func (p *Program) Packages() []*analyzer.Package {
	var out []*analyzer.Package
	for _, u := range p.units {
		if u.result != nil {
			out = append(out, u.result)
		}
	}
	return out
}

// Findings are the findings of the whole program, as the command tells them.
func (p *Program) Findings() []analyzer.Finding {
	return p.suite.Finish(p.Packages(), analyzer.Scope{Whole: p.prog.Whole && !p.prog.Broken(), Tests: p.tests})
}

// Err joins what went wrong in the analysis of single packages.
func (p *Program) Err() error {
	var errs []error
	for _, u := range p.units {
		errs = append(errs, u.err)
	}
	return errors.Join(errs...)
}

// Loaded is the program itself, as it was typed last.
func (p *Program) Loaded() *load.Program { return p.prog }

// Broken are the files of packages that are not sound: nothing is found in them.
func (p *Program) Broken() []string {
	var out []string
	for _, u := range p.units {
		if !u.pkg.Sound() {
			out = append(out, u.pkg.GoFiles...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Package returns the package that holds a file, as it was typed last, sound or
// not; nil if none does.
func (p *Program) Package(file string) *load.Package {
	for _, u := range p.units {
		if slices.Contains(u.pkg.GoFiles, file) {
			return u.pkg
		}
	}
	return nil
}
