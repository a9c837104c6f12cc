package analyzer

import (
	"fmt"
	"go/ast"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
)

// redundantCheck finds conditions on a flag whose answer is known, because the
// same question led to the place: asked again in its own branch, behind its own
// early return, or on the right of && and ||. One side of the condition never
// runs. A contradiction, such as !on where the flag is on, is the same and more
// often a mistake.
//
// Two evaluations ask the same question only if they call one function on equal
// arguments that nothing between them may have changed: another user may get
// another answer. Where a loop that waits, or a function that runs later, lies
// between them, the flag may have been switched, so only a variable counts.
var redundantCheck = Rule{
	Name:     "redundant-check",
	Title:    "a flag is asked again where its answer is known",
	Severity: SeverityWarning,
	Fix:      FixSometimes,
	uses:     usesFlow | usesOthers,
	check:    checkRedundantCheck,
}

func checkRedundantCheck(p *pass) {
	refs := p.evaluationNodes()
	var folds []*fold
	for _, site := range p.flow.Sites {
		if site.Test == nil {
			continue
		}
		control, value, ok := p.known(refs, site)
		if !ok {
			continue
		}
		why := fmt.Sprintf("flag %q %s here", site.Value.Key, factText(*control.Fact))
		verdict := "is always true"
		if !value {
			verdict = "is never true"
		}
		folds = append(folds, foldOf(found{
			node: site.Test, flag: site.Value.Key,
			message: fmt.Sprintf("%s (line %d), so this condition %s", why, p.Fset.Position(control.Read.Pos()).Line, verdict),
			related: []relatedNode{{control.Read, "where it was asked: " + string(control.How)}},
		}, site.Test, value))
	}
	p.reportFolds(folds)
}

// known finds the control that settles a site's condition, and how.
func (p *pass) known(refs map[ast.Node]*flagref.Reference, site *flagflow.Site) (control flagflow.Control, value, ok bool) {
	for _, c := range site.Controls {
		if c.Fact == nil || c.Call != nil {
			continue
		}
		v, decided := c.Fact.Decides(*site.Fact)
		if !decided || !p.holds(refs, c, site) {
			continue
		}
		return c, v, true
	}
	return control, false, false
}

// holds reports whether what a control says is still true at the site.
func (p *pass) holds(refs map[ast.Node]*flagref.Reference, c flagflow.Control, site *flagflow.Site) bool {
	if site.Decl == nil || !flagflow.Same(p.TypesInfo, refs, site.Decl, c.Read, site.Expr) {
		return false
	}
	if p.isLocal(site.Expr) && p.isLocal(c.Read) {
		return true
	}
	if p.isTest(site.Expr.Pos()) || c.Func != site.Func || c.How == flagflow.ByLoop || p.overrides(site) {
		return false
	}
	for _, loop := range site.Loops {
		if c.Read.Pos() < loop.Pos() && !overData(p.TypesInfo, loop) {
			return false
		}
	}
	return true
}

// isLocal reports whether an expression names a local variable or parameter.
func (p *pass) isLocal(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	obj := p.TypesInfo.ObjectOf(id)
	return obj != nil && obj.Parent() != nil && obj.Parent() != p.Pkg.Scope() && obj.Pkg() == p.Pkg
}

// overrides reports whether the site's function sets the flag.
func (p *pass) overrides(site *flagflow.Site) bool {
	for _, ref := range p.refs.References {
		if ref.Kind == flagref.Override && ref.Key == site.Value.Key && ref.Func == site.Decl {
			return true
		}
	}
	return false
}

// evaluationNodes maps the syntax of evaluations to their references.
func (p *pass) evaluationNodes() map[ast.Node]*flagref.Reference {
	m := map[ast.Node]*flagref.Reference{}
	for _, ref := range p.references(flagref.Evaluation) {
		m[ref.Node] = ref
	}
	return m
}
