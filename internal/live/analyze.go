package live

import (
	"context"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/flaghygiene/flaglint/analyzer"
	"github.com/flaghygiene/flaglint/internal/drive"
	"github.com/flaghygiene/flaglint/internal/flagref"
)

// find runs a search for references in a package.
func (p *Program) find(u *unit, search *analysis.Analyzer) {
	u.facts, u.results, u.refs, u.err = drive.NewFacts(), map[*analysis.Analyzer]any{}, nil, nil
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
func (p *Program) run(u *unit, a *analysis.Analyzer) (any, error) {
	unit := drive.Unit{
		Package: u.pkg, Results: u.results,
		Provide: func(pass *analysis.Pass) { p.provide(pass, u) },
		ReadFile: func(name string) ([]byte, error) {
			if src, ok := p.prog.Sources[name]; ok {
				return src, nil
			}
			return nil, fmt.Errorf("%s: is no file of the program", name)
		},
	}
	return unit.Run(a)
}

// each calls f for the units, which are in the order of their imports, each after
// those that it imports and as many at once as there are processors.
func (p *Program) each(ctx context.Context, units []*unit, f func(*unit)) error {
	at := make(map[*unit]int, len(units))
	for i, u := range units {
		at[u] = i
	}
	deps := func(i int) []int {
		var out []int
		for _, dep := range p.deps(units[i]) {
			if at, ok := at[dep]; ok {
				out = append(out, at)
			}
		}
		return out
	}
	return drive.Each(ctx, len(units), deps, func(i int) { f(units[i]) })
}

// maxLearning bounds the runs in which packages learn of each other, as the
// command does: a decorator behind an interface that another package implements
// takes one more each.
const maxLearning = 3

// learn finds the references of all packages anew, until packages tell each other
// nothing new. Interrupted, it leaves everything as it was.
func (p *Program) learn(ctx context.Context) error {
	type state struct {
		facts *drive.Facts
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
