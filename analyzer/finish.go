package analyzer

import (
	"cmp"
	"go/token"
	"iter"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// Scope says what the packages given to Finish are of the program.
type Scope struct {
	// Whole: they are every package of the module or workspace, under every
	// build configuration that was asked for. Without it nothing is told that
	// is only true of the whole, such as an unused flag.
	Whole bool
	// Tests: test files were loaded.
	Tests bool
}

// program is what a rule's finish sees.
type program struct {
	*settings
	suite    *Suite
	scope    Scope
	packages []*Package
	code     codeFlagTable
	sites    []Site
	findings []Finding
	used     map[*ignore]bool
}

// Finish returns the findings of all packages: what Collector found in each, what
// only the whole program shows, each once although a package and its test
// variant both have it, in the order of files and lines. Findings told at a
// registry's rows come after those in code.
func (s *Suite) Finish(packages []*Package, scope Scope) []Finding {
	prog := &program{suite: s, scope: scope, packages: packages, code: codeFlagTable{}, used: map[*ignore]bool{}}
	for _, pkg := range packages {
		prog.code.merge(pkg.code)
		for ig := range pkg.used {
			prog.used[ig] = true
		}
		prog.findings = append(prog.findings, pkg.findings...)
	}
	prog.sites = collectSites(packages)
	for _, set := range s.rules {
		if set.rule.finish != nil {
			prog.settings = set
			set.rule.finish(prog)
		}
	}
	out := sorted(prog.findings)
	for i, f := range out {
		out[i].Function = enclosing(packages, f.Pos)
	}
	return out
}

// collectSites lists the references of all packages by file and line, each once
// although a package and its test variant both hold its file.
func collectSites(packages []*Package) []Site {
	type id struct {
		pos token.Position
		key string
	}
	seen := map[id]bool{}
	var out []Site
	for _, pkg := range packages {
		for _, s := range pkg.Sites {
			if k := (id{s.Pos, string(s.Kind) + " " + s.Key + " " + s.Param}); !seen[k] {
				seen[k] = true
				out = append(out, s)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Site) int { return comparePositions(a.Pos, b.Pos) })
	return out
}

// of yields the references that have one of the kinds.
func (p *program) of(kinds ...flagref.RefKind) iter.Seq[Site] {
	return func(yield func(Site) bool) {
		for _, s := range p.sites {
			if slices.Contains(kinds, s.Kind) && !yield(s) {
				return
			}
		}
	}
}

// flag returns the row of a key, or nil.
func (p *program) flag(key string) *registry.Flag { return p.suite.flag(key, p.code) }

// rows yields the flags that the registry declares.
func (p *program) rows() iter.Seq[*registry.Flag] {
	return func(yield func(*registry.Flag) bool) {
		if p.suite.cfg.Registry == nil {
			return
		}
		for _, f := range p.suite.cfg.Registry.Flags() {
			if !yield(f) {
				return
			}
		}
	}
}

// report tells a finding, unless an ignore comment or an exclusion covers it.
func (p *program) report(f Finding) {
	f.Rule, f.Severity = p.rule.Name, p.severity
	if f.Mend == "" {
		f.Mend = p.mend(nil)
	}
	if row := p.flag(f.Flag); row != nil && f.Flag != "" {
		f.Row = row.Source
	}
	if p.suite.excluded(f.Pos.Filename) {
		return
	}
	for _, pkg := range p.packages {
		if ig := pkg.ignores.covering(f.Rule, f.Pos); ig != nil {
			p.used[ig] = true
			return
		}
	}
	p.findings = append(p.findings, f)
}

// reportAt tells a finding at a place in a registry.
func (p *program) reportAt(pos registry.Position, f Finding) {
	f.Pos = registryPosition(pos)
	f.End = f.Pos
	p.report(f)
}

func registryPosition(p registry.Position) token.Position {
	return token.Position{Filename: p.File, Line: p.Line, Column: p.Column}
}

// sorted orders findings and drops those that are there twice: of one rule, at
// one place, about one flag.
func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(isGo(b.Pos), isGo(a.Pos)),
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Flag, b.Flag),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Rule == b.Rule && a.Pos == b.Pos && a.Flag == b.Flag && (isGo(a.Pos) == 1 || a.Message == b.Message)
	})
}

func isGo(p token.Position) int {
	if len(p.Filename) > 3 && p.Filename[len(p.Filename)-3:] == ".go" {
		return 1
	}
	return 0
}

func comparePositions(a, b token.Position) int {
	return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
