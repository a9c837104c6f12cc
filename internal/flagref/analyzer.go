package flagref

import (
	"encoding/gob"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"runtime/debug"
	"sync"

	"github.com/flaghygiene/flaglint/internal/provider"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

// Config is what an analyzer must know beside the code.
type Config struct {
	// Specs are the flag systems: the built-in ones and those of the configuration.
	Specs *provider.Set
	// Known reports whether a registry names the key. It decides about the keys
	// of specs that are limited to known keys and prefixes; nil knows none.
	Known func(key string) bool
	// Extra is what a first run over the whole program found (see Extra); nil in
	// drivers that see a package at a time. What looks into it, or asks Known, notes
	// what it asked for (see Asked), and nothing asks where another package declares
	// something: a driver that remembers results relies on both.
	Extra *Extra
	// Carries, if not nil, makes results tell Names and Lacks. It says of types of other packages
	// whether their values have to do with flags: of packages that were searched, whether
	// Names.Types has them.
	Carries func(*types.TypeName) bool
	// Memo, if not nil, keeps the result of each package.
	Memo *Memo
}

// NewAnalyzer returns an analyzer whose result is a *Result: the flag
// references of a package. It reports no diagnostics.
func NewAnalyzer(cfg Config) *analysis.Analyzer {
	if cfg.Known == nil {
		cfg.Known = func(string) bool { return false }
	}
	if cfg.Specs == nil {
		cfg.Specs, _ = provider.NewSet(nil) // of nothing, it cannot fail
	}
	writable()
	return &analysis.Analyzer{
		Name:       "flagref",
		Doc:        "find the feature flag references of a package\n\nA helper of other analyzers: it has a result and facts, and reports nothing.",
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		ResultType: reflect.TypeFor[*Result](),
		FactTypes:  factTypes(),
		Run: func(pass *analysis.Pass) (result any, err error) {
			defer func() {
				if r := recover(); r != nil {
					result, err = nil, fmt.Errorf("finding flags in %s: %v (this is a bug of flaglint: please report it)\n%s", pass.Pkg.Path(), r, debug.Stack())
					cfg.Memo.keep(pass.Pkg, nil, err)
				}
			}()
			p := newState(pass, cfg)
			p.solve()
			keys := p.keyFields()
			p.export(keys)
			res := p.emit(pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(), keys)
			res.Asked = p.asked.list()
			if p.look != nil {
				res.Names, res.Lacks = p.names(keys), p.lacks()
			}
			cfg.Memo.keep(pass.Pkg, res, nil)
			return res, nil
		},
	}
}

func factTypes() []analysis.Fact {
	return []analysis.Fact{new(funcFact), new(valueFact), new(keyFact), new(implFact), new(constFact)}
}

// writable has gob build what writes each type of fact, one after the other. Drivers write
// facts of several packages at once, and gob locks type by type while it builds: of types that
// refer to each other, as summaries, evaluations and values do, two that begin with
// different ones wait for each other for ever.
var writable = sync.OnceFunc(func() {
	for _, f := range factTypes() {
		_ = gob.NewEncoder(io.Discard).Encode(f) // a driver that writes facts tells what is wrong
	}
})
