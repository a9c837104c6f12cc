package analyzer

import (
	"go/token"
	"maps"
	"reflect"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
)

// Analyzers returns one analyzer for each rule that runs and that a single
// package can show. They work in every driver: they read no files, need no
// module information, and give at most one fix a diagnostic, within its file.
func (s *Suite) Analyzers() []*analysis.Analyzer {
	return s.analyzers(false)
}

// Collector returns an analyzer whose result is a *Package: what all rules found
// in one package, and what Finish needs of it.
func (s *Suite) Collector() *analysis.Analyzer {
	analyzers := s.analyzers(true)
	return &analysis.Analyzer{
		Name:       "flaglint",
		Doc:        "collect the findings of all rules in a package\n\nIts result is what the whole-program phase works on; it reports nothing itself.",
		Requires:   append([]*analysis.Analyzer{s.refs, s.codeFlags, s.ignores}, analyzers...),
		ResultType: reflect.TypeFor[*Package](),
		Run: func(ap *analysis.Pass) (any, error) {
			pkg := NewPackage(ap.Pkg.Path(), ap.Pkg.Name(), ap.Fset, ap.ResultOf[s.refs].(*flagref.Result))
			pkg.ignores = ap.ResultOf[s.ignores].(*ignoreSet)
			pkg.code = ap.ResultOf[s.codeFlags].(codeFlagTable)
			pkg.functions = functionsOf(ap)
			for _, a := range analyzers {
				r := ap.ResultOf[a].(*ruleResult)
				pkg.findings = append(pkg.findings, r.findings...)
				for ig := range r.used {
					pkg.used[ig] = true
				}
				maps.Copy(pkg.asked, r.asked)
			}
			return pkg, nil
		},
	}
}

// analyzers makes the rules' analyzers; whole says that Finish will follow, so
// that what it finds is not looked for here.
func (s *Suite) analyzers(whole bool) []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, set := range s.rules {
		if set.rule.check == nil || whole && set.rule.finish != nil {
			continue
		}
		list = append(list, s.analyzer(set, list, whole))
	}
	return list
}

func (s *Suite) analyzer(set *settings, earlier []*analysis.Analyzer, whole bool) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       set.rule.AnalyzerName(),
		Doc:        set.rule.doc(),
		URL:        set.rule.URL(),
		Requires:   []*analysis.Analyzer{s.refs, s.codeFlags, s.ignores},
		ResultType: reflect.TypeFor[*ruleResult](),
	}
	if set.rule.uses&usesFlow != 0 {
		a.Requires = append(a.Requires, s.flow)
	}
	var others []*analysis.Analyzer
	if set.rule.uses&usesOthers != 0 {
		others = slices.Clone(earlier)
		a.Requires = append(a.Requires, others...)
	}
	a.Run = func(ap *analysis.Pass) (any, error) {
		p := &pass{
			Pass: ap, settings: set, suite: s, whole: whole,
			refs:    ap.ResultOf[s.refs].(*flagref.Result),
			code:    ap.ResultOf[s.codeFlags].(codeFlagTable),
			ignores: ap.ResultOf[s.ignores].(*ignoreSet),
			result:  &ruleResult{used: map[*ignore]bool{}, asked: map[string]bool{}},
		}
		if flow, ok := ap.ResultOf[s.flow]; ok {
			p.flow = flow.(*flagflow.Result)
		}
		for _, other := range others {
			p.others = append(p.others, ap.ResultOf[other].(*ruleResult))
		}
		set.rule.check(p)
		return p.result, nil
	}
	return a
}

// Package is what Collector finds in a package.
type Package struct {
	Path string
	Name string
	// Fset and Refs are nil where the package is one that Suite.Decode gave.
	Fset *token.FileSet
	Refs *flagref.Result
	// Sites are the references without their syntax, in their order, and CodeFlags
	// the flags that the package declares.
	Sites     []Site
	CodeFlags []*registry.Flag

	findings  []Finding
	functions map[string][]function // by file
	ignores   *ignoreSet
	used      map[*ignore]bool
	code      codeFlagTable
	asked     map[string]bool // as in ruleResult
}

// NewPackage makes a Package of references alone: no rule has run on it.
func NewPackage(path, name string, fset *token.FileSet, refs *flagref.Result) *Package {
	p := &Package{
		Path: path, Name: name, Fset: fset, Refs: refs,
		ignores: &ignoreSet{}, used: map[*ignore]bool{}, code: codeFlagTable{}, asked: map[string]bool{},
	}
	for _, ref := range refs.References {
		p.Sites = append(p.Sites, newSite(fset, ref))
	}
	for _, cf := range refs.CodeFlags {
		p.CodeFlags = append(p.CodeFlags, cf.Flag)
	}
	return p
}
