package analyzer

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/internal/provider"
	"github.com/flaghygiene/flaglint/internal/yamltree"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
)

// Rules returns every rule, in the order in which they are documented. The
// first four are about the life of a flag: a reference gets one finding of
// them, of the first that applies.
func Rules() []*Rule {
	return []*Rule{
		&retiredFlag,
		&expiredFlag,
		&staleFlag,
		&expiringSoon,
		&unknownFlag,
		&unusedFlag,
		&nestedFlag,
		&redundantCheck,
		&identicalBranches,
		&dynamicKey,
		&defaultMismatch,
		&typeMismatch,
		&unknownVariant,
		&ignoredError,
		&repeatedEvaluation,
		&flagInLoop,
		&frozenFlag,
		&longBranch,
		&untestedState,
		&flagSprawl,
		&prerequisite,
		&registryMetadata,
		&unusedIgnore, // last: it asks what the others' ignores did
	}
}

// Suite is the rules that a configuration runs.
type Suite struct {
	cfg      Config
	rules    []*settings // those that run, in the order of Rules
	settings map[string]*settings

	specs     *provider.Set
	carries   func(*types.TypeName) bool
	refs      *analysis.Analyzer
	memo      *flagref.Memo // of refs, after Keep
	codeFlags *analysis.Analyzer
	ignores   *analysis.Analyzer
	flow      *analysis.Analyzer
	// asked holds what known answered, by key.
	asked *sync.Map
	// real gives the names of files that Name was told.
	real func(name string) string
}

// New makes a Suite. It refuses rules and options that do not exist and values
// that an option cannot have; the error joins all of them, each with the
// position that the configuration gives.
func New(cfg Config) (*Suite, error) {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(cfg.Rules)) {
		if Lookup(name) == nil {
			errs = append(errs, at(cfg.Rules[name].Pos, unknownRule(name)))
		}
	}
	for _, name := range cfg.Only {
		if Lookup(name) == nil {
			errs = append(errs, unknownRule(name))
		}
	}
	s := &Suite{cfg: cfg, settings: map[string]*settings{}, asked: &sync.Map{}, real: func(name string) string { return name }}
	for _, r := range Rules() {
		c, configured := cfg.Rules[r.Name]
		only := slices.Contains(cfg.Only, r.Name)
		set, err := newSettings(r, c, only)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		switch {
		case len(cfg.Only) > 0 && !only:
			set.severity = SeverityOff
		case only && set.severity == SeverityOff:
			set.severity = r.Severity
		case set.severity < cfg.MinSeverity && !only && !(configured && c.Severity != ""):
			set.severity = SeverityOff
		}
		s.settings[r.Name] = set
		if set.severity > SeverityOff && (cfg.Registry != nil || !r.NeedsRegistry) {
			s.rules = append(s.rules, set)
		}
	}
	specs, err := provider.NewSet(cfg.Specs)
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	s.specs = specs
	s.Learn(nil)
	return s, nil
}

// Learn makes the analyzers anew, with what a run of References over the whole
// program has told of packages that they could not see from one (flagref.Merge of
// each package's Result.Extra). Analyzers that were asked for before are then of
// no use. A driver that sees a package at a time needs no Learn.
func (s *Suite) Learn(extra *flagref.Extra) {
	if s.memo != nil {
		s.memo = &flagref.Memo{}
	}
	s.use(flagref.NewAnalyzer(flagref.Config{Specs: s.specs, Known: s.known, Extra: extra, Memo: s.memo, Carries: s.carries}))
}

// Look makes References tell, from the next Learn on, what a driver has to know that does not
// search every package (flagref.Config.Carries); nil ends that.
func (s *Suite) Look(carries func(*types.TypeName) bool) { s.carries = carries }

// Specs are the flag systems that the suite knows.
func (s *Suite) Specs() *provider.Set { return s.specs }

// Keep makes References keep what it finds, for Settle. Like Learn it makes the
// analyzers anew, and it forgets what Learn was told. What is kept is never let
// go, so that it is for drivers that analyse a program once.
func (s *Suite) Keep() {
	s.memo = &flagref.Memo{}
	s.Learn(nil)
}

// Settle makes the analyzers anew, with the results of the last run of References
// in its place: the rules then run on these, and nothing is searched again. The
// packages must be those of that run, which Keep came before.
func (s *Suite) Settle() { s.use(s.memo.Analyzer()) }

// use makes the analyzers on top of the one that finds references.
func (s *Suite) use(refs *analysis.Analyzer) {
	s.refs = refs
	s.codeFlags = newCodeFlags(s.refs)
	s.ignores = newIgnores()
	s.flow = flagflow.NewAnalyzer(s.refs)
}

func unknownRule(name string) error {
	var names []string
	for _, r := range Rules() {
		names = append(names, r.Name)
	}
	if near := yamltree.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no rule %q (did you mean %q?)", name, near)
	}
	return fmt.Errorf("there is no rule %q (the rules are %s)", name, join(names))
}

// Running returns the rules that the suite runs, with the severity that each has.
func (s *Suite) Running() []Running {
	var out []Running
	for _, set := range s.rules {
		out = append(out, Running{Rule: set.rule, Severity: set.severity})
	}
	return out
}

// Running is a rule that runs, and the severity of its findings.
type Running struct {
	Rule     *Rule
	Severity Severity
}

// References is the helper analyzer that finds flag references; its result is a
// *flagref.Result. Every other analyzer of the suite requires it.
func (s *Suite) References() *analysis.Analyzer { return s.refs }

// CodeFlags is the helper analyzer that tells importers which flags a package declares.
func (s *Suite) CodeFlags() *analysis.Analyzer { return s.codeFlags }

// Knows reports whether the registry has a key.
func (s *Suite) Knows(key string) bool {
	return s.cfg.Registry != nil && s.cfg.Registry.Lookup(key) != nil
}

func (s *Suite) known(key string) bool {
	is := s.Knows(key)
	s.asked.Store(key, is)
	return is
}

// Name tells a suite that files have other names in the packages that its analyzers are
// given, and in what Encode gives, than Config's functions and Finish know them by: real gives the
// latter, and of a name that is one already the name itself.
func (s *Suite) Name(real func(name string) string) { s.real = real }

// Resume tells a suite to go on where another one is, which was told extra by Learn
// last: it reports whether the references that one's analyzers found are those that
// its own find. They are where both know the same flag systems, and
// the registries say the same of every key that the search asked about. A driver that keeps
// what it found then runs the rules alone.
func (s *Suite) Resume(o *Suite, extra *flagref.Extra) bool {
	if !reflect.DeepEqual(s.cfg.Specs, o.cfg.Specs) {
		return false
	}
	same := true
	o.asked.Range(func(key, is any) bool {
		same = s.known(key.(string)) == is.(bool)
		return same
	})
	if same {
		s.Learn(extra)
	}
	return same
}

// flag returns the row of a key: the registry's, or what code declares.
func (s *Suite) flag(key string, code map[string]*registry.Flag) *registry.Flag {
	if s.cfg.Registry != nil {
		if f := s.cfg.Registry.Lookup(key); f != nil {
			return f
		}
	}
	return code[key]
}

// runs reports whether the suite runs a rule.
func (s *Suite) runs(r *Rule) bool {
	return slices.ContainsFunc(s.rules, func(set *settings) bool { return set.rule == r })
}
