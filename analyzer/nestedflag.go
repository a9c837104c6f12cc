package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/registry"
)

// nestedFlag finds evaluations that another flag's branch controls: inside one of
// its arms, behind its early return, on the right of && with it, and inside
// unexported functions that only such places call. Two nested flags make three or
// four programs of one, of which tests cover one or two; and neither can be
// removed without thinking about the other.
//
// Where the registry says that the inner flag requires the outer one, the nesting
// is meant, and is no finding.
var nestedFlag = Rule{
	Name:     "nested-flag",
	Title:    "a flag is evaluated inside another flag's branch",
	Severity: SeverityWarning,
	Options: []Option{
		{Name: "max-depth", Doc: "how many flags deep a branch may be; 1 allows no nesting", Kind: OptionInt, Default: 1},
	},
	uses:  usesFlow,
	check: checkNestedFlag,
}

func checkNestedFlag(p *pass) {
	type pair struct {
		fn         *ast.FuncDecl
		key, outer string
	}
	told := map[pair]bool{}
	asking := map[ast.Expr]string{} // the flag that an expression asks for
	for _, site := range p.flow.Sites {
		asking[site.Expr] = site.Value.Key
	}
	for _, site := range p.flow.Sites {
		if site.Value.Key == "" || p.isTest(site.Expr.Pos()) {
			continue
		}
		chain := p.chain(site)
		if len(chain)+1 <= max(1, p.int("max-depth")) {
			continue
		}
		outer := chain[len(chain)-1]
		if outer.Call != nil && asking[outer.Call] == site.Value.Key {
			continue // told at the call, of a function that gives the flag
		}
		id := pair{site.Decl, site.Value.Key, outer.Key}
		if told[id] {
			continue
		}
		told[id] = true
		f := found{node: site.Expr, flag: site.Value.Key, message: nestingMessage(p, site, chain)}
		for _, c := range chain {
			f.related = append(f.related, relatedNode{c.Read, controlText(c)})
			if c.Call != nil {
				f.related = append(f.related, relatedNode{c.Call, "the call that leads from there"})
			}
		}
		p.report(f)
	}
}

// chain lists the other flags that control a site, each once, from the outside
// in, but for those that the registry says it requires.
func (p *pass) chain(site *flagflow.Site) []flagflow.Control {
	requires := map[string]bool{site.Value.Key: true}
	if row := p.flag(site.Value.Key); row != nil {
		p.require(row, requires)
	}
	var chain []flagflow.Control
	for _, c := range site.Controls {
		if !requires[c.Key] && c.How != flagflow.ByAlternative && !p.excepts(c) && !p.neither(c, site) {
			requires[c.Key] = true
			chain = append(chain, c)
		}
	}
	return chain
}

// excepts reports whether a control is an operand such as !(on && x): what stands
// right of it is an alternative, which the flag alone does not decide about.
func (p *pass) excepts(c flagflow.Control) bool {
	file := p.file(c.Read.Pos())
	if c.How != flagflow.ByOperand || c.Fact != nil || file == nil {
		return false
	}
	path, _ := astutil.PathEnclosingInterval(file, c.Read.Pos(), c.Read.End())
	for _, n := range path {
		switch n := n.(type) {
		case ast.Stmt:
			return false
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				return true
			}
		}
	}
	return false
}

// neither reports whether a control and a site are the operands of !a && !b, which
// is !(a || b): the flags are alternatives.
func (p *pass) neither(c flagflow.Control, site *flagflow.Site) bool {
	return c.How == flagflow.ByOperand && c.Call == nil && p.negated(c.Read) && p.negated(site.Expr)
}

// negated reports whether an expression is the operand of a !.
func (p *pass) negated(x ast.Node) bool {
	file := p.file(x.Pos())
	if file == nil {
		return false
	}
	path, _ := astutil.PathEnclosingInterval(file, x.Pos(), x.End())
	for _, n := range path {
		switch n := n.(type) {
		case *ast.ParenExpr:
		case *ast.UnaryExpr:
			return n.Op == token.NOT
		default:
			if n != x {
				return false
			}
		}
	}
	return false
}

// require adds the keys that a flag requires, directly or through others.
func (p *pass) require(row *registry.Flag, seen map[string]bool) {
	for _, r := range row.Requires {
		if next := p.flag(r.Key); !seen[r.Key] {
			seen[r.Key] = true
			if next != nil {
				p.require(next, seen)
			}
		}
	}
}

func nestingMessage(p *pass, site *flagflow.Site, chain []flagflow.Control) string {
	var names []string
	for i := len(chain) - 1; i >= 0; i-- {
		c := chain[i]
		place := fmt.Sprintf("line %d", p.Fset.Position(c.Read.Pos()).Line)
		if p.file(c.Read.Pos()) != p.file(site.Expr.Pos()) {
			place = shortPosition(p.Fset.Position(c.Read.Pos()))
		}
		name := fmt.Sprintf("%q", c.Key)
		if c.Fact != nil {
			name += " " + factText(*c.Fact)
		} else {
			name += " decides"
		}
		names = append(names, fmt.Sprintf("%s (%s)", name, place))
	}
	return fmt.Sprintf("flag %q is evaluated only where flag %s", site.Value.Key, strings.Join(names, " inside "))
}

func controlText(c flagflow.Control) string {
	if c.Fact != nil {
		return fmt.Sprintf("flag %q %s: %s", c.Key, factText(*c.Fact), c.How)
	}
	return fmt.Sprintf("flag %q decides: %s", c.Key, c.How)
}

// factText renders what a fact says of its flag: "is on", "is not \"fast\"".
func factText(f flagflow.Fact) string {
	switch f.Value.ExactString() {
	case "true":
		return "is on"
	case "false":
		return "is off"
	}
	if f.Equal {
		return "is " + f.Value.ExactString()
	}
	return "is not " + f.Value.ExactString()
}
