package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/analysis"
)

// pass is what a rule's check sees of one package.
type pass struct {
	*analysis.Pass
	*settings
	suite   *Suite
	whole   bool // the driver calls Finish
	refs    *flagref.Result
	code    map[string]*registry.Flag // flags that code declares, here and in imported packages
	ignores *ignoreSet
	flow    *flagflow.Result // for rules that use it, nil otherwise
	others  []*ruleResult    // what the rules before this one found, for those that use it
	result  *ruleResult
}

// ruleResult is what a rule's analyzer found in a package.
type ruleResult struct {
	findings []Finding
	used     map[*ignore]bool // ignores that suppressed something
	// asked are the keys whose rows the rule asked for; true: also which keys of the
	// registry are near.
	asked map[string]bool
}

// found is a finding as a rule's check reports it.
type found struct {
	ref      *flagref.Reference // what it is about, if it is about one; gives key and position
	flag     string             // the key, where ref does not tell it
	node     ast.Node           // where, if not at ref
	pos, end token.Pos          // where, if not at a node
	message  string
	mend     string // the command; empty: flaglint explain RULE
	related  []relatedNode
	fix      *nodeFix
}

// relatedNode is another place that a finding speaks of.
type relatedNode struct {
	node    ast.Node
	message string
}

// nodeFix is a fix whose edits are positions of the pass's file set.
type nodeFix struct {
	message string
	safety  Safety
	edits   []analysis.TextEdit
}

// flag returns the row of a key, or nil.
func (p *pass) flag(key string) *registry.Flag {
	if !p.result.asked[key] {
		p.result.asked[key] = false
	}
	return p.suite.flag(key, p.code)
}

// nearest are the keys of the registry that are like one that it does not have.
func (p *pass) nearest(key string) []string {
	p.result.asked[key] = true
	return p.suite.cfg.Registry.Nearest(key)
}

// file returns the file of the pass that holds pos, or nil.
func (p *pass) file(pos token.Pos) *ast.File {
	for _, f := range p.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// isTest reports whether pos is in a test file.
func (p *pass) isTest(pos token.Pos) bool {
	return strings.HasSuffix(p.Fset.Position(pos).Filename, "_test.go")
}

// report tells a finding, unless an ignore comment or an exclusion covers it.
// A fix of a generated file is dropped, since the generator would undo it.
func (p *pass) report(f found) {
	f = p.locate(f)
	pos, end := p.Fset.Position(f.pos), p.Fset.Position(f.end)
	if ig := p.ignores.covering(p.rule.Name, pos); ig != nil {
		p.result.used[ig] = true
	}
	if p.silent(f) {
		return
	}
	if file := p.file(f.pos); f.fix != nil && (file == nil || ast.IsGenerated(file) || p.overlaps(f.fix)) {
		f.fix = nil
	}
	finding := Finding{
		Rule: p.rule.Name, Severity: p.severity, Flag: f.flag, Message: f.message,
		Pos: pos, End: end, Mend: f.mend,
	}
	if row := p.flag(f.flag); row != nil && f.flag != "" {
		finding.Row = row.Source
	}
	if finding.Mend == "" {
		finding.Mend = p.mend(f.fix)
	}
	diag := analysis.Diagnostic{
		Pos: f.pos, End: f.end, Category: p.rule.Name,
		Message: finding.Text(), URL: p.rule.URL(),
	}
	for _, r := range f.related {
		finding.Related = append(finding.Related, Related{Pos: p.Fset.Position(r.node.Pos()), Message: r.message})
		if p.suite.cfg.NoRelated {
			continue
		}
		diag.Related = append(diag.Related, analysis.RelatedInformation{Pos: r.node.Pos(), End: r.node.End(), Message: r.message})
	}
	if f.fix != nil {
		fix := Fix{Message: f.fix.message, Safety: f.fix.safety}
		for _, e := range f.fix.edits {
			fix.Edits = append(fix.Edits, Edit{Start: p.Fset.Position(e.Pos), End: p.Fset.Position(e.End), New: string(e.NewText)})
		}
		finding.Fixes = []Fix{fix}
		if fix.Safety == Safe || !p.suite.cfg.OnlySafe {
			diag.SuggestedFixes = []analysis.SuggestedFix{{Message: f.fix.message, TextEdits: f.fix.edits}}
		}
	}
	p.result.findings = append(p.result.findings, finding)
	p.Report(diag)
}

// silent reports whether an ignore comment or an exclusion covers a finding.
func (p *pass) silent(f found) bool {
	pos := p.Fset.Position(p.locate(f).pos)
	return p.ignores.covering(p.rule.Name, pos) != nil || p.suite.excluded(pos.Filename)
}

// overlaps reports whether a fix changes what another one changes, of this rule or
// of those that it uses: a driver that applies both would apply none, or half.
func (p *pass) overlaps(fix *nodeFix) bool {
	for _, other := range append(slices.Clone(p.others), p.result) {
		for _, f := range other.findings {
			for _, x := range f.Fixes {
				for _, e := range x.Edits {
					if slices.ContainsFunc(fix.edits, func(mine analysis.TextEdit) bool {
						from, to := p.Fset.Position(mine.Pos), p.Fset.Position(mine.End)
						return from.Filename == e.Start.Filename && from.Offset <= e.End.Offset && e.Start.Offset <= to.Offset
					}) {
						return true
					}
				}
			}
		}
	}
	return false
}

// mend is the command that mends a finding whose rule names none of its own.
func (s *settings) mend(fix *nodeFix) string {
	if fix != nil && fix.safety == Safe {
		return "flaglint fix ./..."
	}
	return "flaglint explain " + s.rule.Name
}

// locate fills in the key and the position that the reference or node gives.
func (p *pass) locate(f found) found {
	if f.node == nil && f.ref != nil {
		f.node = f.ref.Node
	}
	if !f.pos.IsValid() && f.node != nil {
		f.pos, f.end = f.node.Pos(), f.node.End()
	}
	if f.flag == "" && f.ref != nil {
		f.flag = f.ref.Key
	}
	return f
}

// excluded reports whether findings in a file are unwanted.
func (s *Suite) excluded(filename string) bool {
	return s.cfg.Exclude != nil && s.cfg.Exclude(s.real(filename))
}
