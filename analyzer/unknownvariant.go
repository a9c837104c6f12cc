package analyzer

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
	"golang.org/x/tools/go/types/typeutil"
)

// unknownVariant finds comparisons of a flag's value with a variant that the flag
// does not have, which are never true, and switches without a default that leave
// out a variant, whose users then get nothing at all.
//
// The fallback of the evaluation is a value that the flag can have, and so are the
// registry's default and what the SDK returns for a flag that it does not know
// (Split's "control"). The empty string stands for no answer, and is never told.
// Where the value goes through strings.ToLower or its like, the variants are compared as
// that leaves them. Flags without listed variants are not checked, and what a helper
// returns that answers some calls without asking for the flag is not.
var unknownVariant = Rule{
	Name:          "unknown-variant",
	Title:         "a variant that the flag does not have, or a switch that misses one",
	Severity:      SeverityError,
	NeedsRegistry: true,
	uses:          usesFlow,
	check:         checkUnknownVariant,
}

func checkUnknownVariant(p *pass) {
	for _, site := range p.flow.Sites {
		if site.Fact == nil {
			continue
		}
		if v := p.variants(site.Value, asItIs); v != nil && !v.possible(site.Fact.Value) {
			p.report(found{node: site.Test, flag: v.row.Key, message: variantMessage(v.row, site.Fact.Value)})
		}
	}
	for _, b := range p.flow.Branches {
		if s, ok := b.Stmt.(*ast.SwitchStmt); ok && b.Tag != nil {
			p.checkSwitch(s, p.variants(*b.Tag, asItIs))
		}
	}
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SwitchStmt:
				p.checkSwitch(n, p.folded(n.Tag))
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					p.checkFolded(n, p.folded(n.X), n.Y)
					p.checkFolded(n, p.folded(n.Y), n.X)
				}
			case *ast.CallExpr:
				if fn, ok := typeutil.Callee(p.TypesInfo, n).(*types.Func); ok && fn.FullName() == "strings.EqualFold" {
					p.checkFolded(n, p.variants(p.refs.Values[ast.Unparen(n.Args[0])], strings.ToLower), n.Args[1])
					p.checkFolded(n, p.variants(p.refs.Values[ast.Unparen(n.Args[1])], strings.ToLower), n.Args[0])
				}
			}
			return true
		})
	}
}

func (p *pass) checkSwitch(s *ast.SwitchStmt, flag *variants) {
	if flag == nil {
		return
	}
	seen := map[string]bool{}
	open := false // a default, or a case that is not constant
	for _, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		open = open || cc.List == nil
		for _, x := range cc.List {
			c := p.TypesInfo.Types[x].Value
			v, ok := constantValue(c)
			if !ok {
				open = true
				continue
			}
			seen[v.String()] = true
			if !flag.possible(c) {
				p.report(found{node: x, flag: flag.row.Key, message: variantMessage(flag.row, c)})
			}
		}
	}
	if open {
		return
	}
	var missing []string
	for _, v := range flag.row.Variants {
		if !seen[flag.fold(v.String())] {
			missing = append(missing, fmt.Sprintf("%q", v))
		}
	}
	if len(missing) > 0 {
		p.report(found{
			pos: s.Pos(), end: s.Body.Lbrace, flag: flag.row.Key,
			message: fmt.Sprintf("the switch on flag %q has no case for %s and no default", flag.row.Key, join(missing)),
		})
	}
}

// checkFolded tells of a comparison of a folded value with a constant.
func (p *pass) checkFolded(n ast.Expr, flag *variants, with ast.Expr) {
	c := p.TypesInfo.Types[with].Value
	if flag == nil || c == nil || c.Kind() != constant.String {
		return
	}
	if _, call := n.(*ast.CallExpr); call { // EqualFold folds both sides
		c = constant.MakeString(flag.fold(constant.StringVal(c)))
	}
	if !flag.possible(c) {
		p.report(found{node: n, flag: flag.row.Key, message: variantMessage(flag.row, p.TypesInfo.Types[with].Value)})
	}
}

// foldFuncs are the functions that a variant is compared behind.
var foldFuncs = map[string]func(string) string{
	"strings.ToLower": strings.ToLower, "strings.ToUpper": strings.ToUpper, "strings.TrimSpace": strings.TrimSpace,
}

func asItIs(s string) string { return s }

// folded is the flag whose value goes through one or more of foldFuncs in x, or nil.
func (p *pass) folded(x ast.Expr) *variants {
	fold := asItIs
	for x != nil {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return nil
		}
		fn, ok := typeutil.Callee(p.TypesInfo, call).(*types.Func)
		if !ok || foldFuncs[fn.FullName()] == nil {
			return nil
		}
		inner, outer := foldFuncs[fn.FullName()], fold
		fold = func(s string) string { return outer(inner(s)) }
		x = call.Args[0]
		if v, ok := p.refs.Values[ast.Unparen(x)]; ok {
			return p.variants(v, fold)
		}
	}
	return nil
}

// variants are those of a flag whose value was read, as fold leaves them.
type variants struct {
	p    *pass
	row  *registry.Flag
	fold func(string) string
}

// variants returns those of a flag whose variants are listed, and whose value is what
// was read, or nil.
func (p *pass) variants(v flagref.FlagValue, fold func(string) string) *variants {
	if v.Key == "" || v.Param != "" || !v.Exact || v.Role != "" && v.Role != "value" {
		return nil
	}
	row := p.flag(v.Key)
	if row == nil || len(row.Variants) == 0 || row.Type == registry.TypeBool {
		return nil
	}
	return &variants{p, row, fold}
}

// possible reports whether the flag's value, as it was read, can equal c.
func (v *variants) possible(c constant.Value) bool {
	value, ok := constantValue(c)
	if !ok || value.Type() == registry.TypeBool || value.Equal(registry.String("")) {
		return true
	}
	is := func(w registry.Value) bool {
		if w.Type() == registry.TypeString {
			w = registry.String(v.fold(w.String()))
		}
		return w.Equal(value)
	}
	if slices.ContainsFunc(v.row.Variants, is) || v.row.Default != nil && is(*v.row.Default) {
		return true
	}
	for _, ref := range v.p.references(flagref.Evaluation) {
		if ref.Key != v.row.Key {
			continue
		}
		if ref.Sentinel != "" && is(registry.String(ref.Sentinel)) {
			return true
		}
		if fb, ok := constantValue(ref.Default); ok && is(fb) || ref.DefaultNode != nil && ref.Default == nil {
			return true
		}
	}
	return false
}

func variantMessage(row *registry.Flag, c constant.Value) string {
	var names []string
	for _, v := range row.Variants {
		names = append(names, fmt.Sprintf("%q", v))
	}
	return fmt.Sprintf("flag %q has no variant %s (it has %s)", row.Key, c.ExactString(), join(names))
}
