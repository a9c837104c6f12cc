package live

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/flagref"
)

// find runs a search for references in a package.
func (p *Program) find(u *unit, search *analysis.Analyzer) {
	u.facts, u.results, u.refs, u.err = newFacts(), map[*analysis.Analyzer]any{}, nil, nil
	if !u.pkg.Sound() {
		return
	}
	result, err := p.run(u, search)
	if err != nil {
		u.err = err
		return
	}
	u.refs = result.(*flagref.Result)
}

// judge runs the rules on a package whose references are found.
func (p *Program) judge(u *unit) {
	u.result = nil
	if u.refs != nil && u.pkg.Root {
		if u.results == nil { // the references are of an earlier run
			u.results = map[*analysis.Analyzer]any{p.search: u.refs}
		}
		result, err := p.run(u, p.collector)
		if err != nil {
			u.err = err
		} else {
			u.result = result.(*analyzer.Package)
		}
	}
	u.results = nil
	u.unjudged = false
}

// run runs an analyzer on a package, after those that it requires.
func (p *Program) run(u *unit, a *analysis.Analyzer) (result any, err error) {
	if result, ok := u.results[a]; ok {
		return result, nil
	}
	needs := make(map[*analysis.Analyzer]any, len(a.Requires))
	for _, r := range a.Requires {
		if needs[r], err = p.run(u, r); err != nil {
			return nil, err
		}
	}
	pkg := u.pkg
	module := &analysis.Module{}
	if m := pkg.Module; m != nil {
		module = &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: pkg.Fset, Files: pkg.Syntax, OtherFiles: pkg.OtherFiles, IgnoredFiles: pkg.IgnoredFiles,
		Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes, TypeErrors: pkg.TypeErrors, Module: module,
		ResultOf: needs, Report: func(analysis.Diagnostic) {},
		ReadFile: func(name string) ([]byte, error) {
			if src, ok := p.prog.Sources[name]; ok {
				return src, nil
			}
			return nil, fmt.Errorf("%s: is no file of the program", name)
		},
	}
	p.provide(pass, u)
	// One package that an analyzer cannot bear must not end the server.
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, fmt.Errorf("%s: %s: %v (this is a bug of flaglint: please report it)\n%s", pkg.ID, a.Name, r, debug.Stack())
		}
	}()
	if result, err = a.Run(pass); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", pkg.ID, a.Name, err)
	}
	u.results[a] = result
	return result, nil
}

// each calls f for the units, which are in the order of their imports, each after
// those that it imports and as many at once as there are processors.
func (p *Program) each(ctx context.Context, units []*unit, f func(*unit)) error {
	done := make(map[*unit]chan struct{}, len(units))
	for _, u := range units {
		done[u] = make(chan struct{})
	}
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for _, u := range units {
		wg.Go(func() {
			defer close(done[u])
			for _, dep := range p.deps(u) {
				if ch := done[dep]; ch != nil {
					<-ch
				}
			}
			limit <- struct{}{}
			defer func() { <-limit }()
			if ctx.Err() == nil {
				f(u)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// maxLearning bounds the runs in which packages learn of each other, as the
// command does: a decorator behind an interface that another package implements
// takes one more each.
const maxLearning = 3

// learn finds the references of all packages anew, until packages tell each other
// nothing new. Interrupted, it leaves everything as it was.
func (p *Program) learn(ctx context.Context) error {
	type state struct {
		facts *facts
		refs  *flagref.Result
		err   error
	}
	before := make([]state, len(p.units))
	for i, u := range p.units {
		before[i] = state{u.facts, u.refs, u.err}
	}
	p.next.Learn(nil)
	var known *flagref.Extra
	for round := 0; ; round++ {
		search := p.next.References()
		if err := p.each(ctx, p.units, func(u *unit) {
			p.find(u, search)
			u.results = nil // those of all packages at once are too much
		}); err != nil {
			for i, u := range p.units {
				u.facts, u.refs, u.err, u.results = before[i].facts, before[i].refs, before[i].err, nil
			}
			return err
		}
		extra := p.told()
		if extra.Equal(known) || round == maxLearning {
			break
		}
		p.next.Learn(extra)
		known = extra
	}
	p.extra = known
	p.suite, p.search, p.collector = p.next, p.next.References(), p.next.Collector()
	for _, u := range p.units {
		u.unjudged, u.unfound, u.told = true, false, nil
		if u.refs != nil {
			u.told = u.refs.Extra
		}
	}
	p.unlearned = false
	return nil
}

// told joins what the packages that are checked tell each other.
func (p *Program) told() *flagref.Extra {
	var all []*flagref.Extra
	for _, u := range p.units {
		if u.refs != nil && u.pkg.Root {
			all = append(all, u.refs.Extra)
		}
	}
	return flagref.Merge(all...)
}

// importers are the units that import one, directly or not.
func (p *Program) importers(of *unit) map[*unit]bool {
	out := map[*unit]bool{of: true}
	for _, u := range p.units { // in the order of the imports
		for _, dep := range p.deps(u) {
			if out[dep] {
				out[u] = true
			}
		}
	}
	delete(out, of)
	return out
}
