package flagref

import (
	"fmt"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// Memo keeps what an analyzer found, of the packages that it ran on last
// (Config.Memo). A driver that has the whole program searches it before the rules
// run; they take the results from here instead of searching a third time.
type Memo struct {
	mu    sync.Mutex
	found map[*types.Package]memoEntry
}

type memoEntry struct {
	res *Result
	err error
}

// keep records what a run on a package gave. A nil Memo keeps nothing.
func (m *Memo) keep(pkg *types.Package, res *Result, err error) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.found == nil {
		m.found = map[*types.Package]memoEntry{}
	}
	m.found[pkg] = memoEntry{res, err}
}

// Analyzer returns an analyzer that gives what is kept. It has no facts, and
// fails on a package that the search did not reach because one that it imports
// has failed.
func (m *Memo) Analyzer() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "flagref",
		Doc:        "give the feature flag references of a package\n\nA helper of other analyzers: what a search over the program found.",
		ResultType: reflect.TypeFor[*Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			m.mu.Lock()
			defer m.mu.Unlock()
			e, ok := m.found[pass.Pkg]
			if !ok {
				return nil, fmt.Errorf("finding flags in %s: it was not searched, because a package that it imports could not be", pass.Pkg.Path())
			}
			if e.err != nil {
				return nil, e.err
			}
			return e.res, nil
		},
	}
}
