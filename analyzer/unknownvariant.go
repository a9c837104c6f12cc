package analyzer

import (
	"fmt"
	"go/ast"
	"go/constant"

	"github.com/flaghygiene/flaglint/internal/flagflow"
	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// unknownVariant finds comparisons of a flag's value with a variant that the flag
// does not have, which are never true, and switches without a default that leave
// out a variant, whose users then get nothing at all.
//
// The fallback of the evaluation is a value that the flag can have, and so are the
// registry's default and what the SDK returns for a flag that it does not know
// (Split's "control"). The empty string stands for no answer, and is never told.
// Flags without listed variants are not checked.
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
		row := p.variants(site.Value)
		if row == nil || site.Fact == nil || p.possible(row, site.Value, site.Fact.Value) {
			continue
		}
		p.report(found{node: site.Test, flag: row.Key, message: variantMessage(row, site.Fact.Value)})
	}
	for _, b := range p.flow.Branches {
		s, ok := b.Stmt.(*ast.SwitchStmt)
		if !ok || b.Tag == nil || p.variants(*b.Tag) == nil {
			continue
		}
		p.checkSwitch(s, b, p.variants(*b.Tag))
	}
}

func (p *pass) checkSwitch(s *ast.SwitchStmt, b *flagflow.Branch, row *registry.Flag) {
	var seen []registry.Value
	open := false // a default, or a case that is not constant
	for _, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		open = open || cc.List == nil
		for _, x := range cc.List {
			v, ok := constantValue(p.TypesInfo.Types[x].Value)
			if !ok {
				open = true
				continue
			}
			seen = append(seen, v)
			if !p.possible(row, *b.Tag, p.TypesInfo.Types[x].Value) {
				p.report(found{node: x, flag: row.Key, message: variantMessage(row, p.TypesInfo.Types[x].Value)})
			}
		}
	}
	if open {
		return
	}
	var missing []string
	for _, v := range row.Variants {
		if !contains(seen, v) {
			missing = append(missing, fmt.Sprintf("%q", v))
		}
	}
	if len(missing) > 0 {
		p.report(found{
			pos: s.Pos(), end: s.Body.Lbrace, flag: row.Key,
			message: fmt.Sprintf("the switch on flag %q has no case for %s and no default", row.Key, join(missing)),
		})
	}
}

// variants returns the row of a flag whose variants are listed, and whose value
// is what was read, or nil.
func (p *pass) variants(v flagref.FlagValue) *registry.Flag {
	row := p.flag(v.Key)
	if row == nil || len(row.Variants) == 0 || v.Param != "" || row.Type == registry.TypeBool {
		return nil
	}
	return row
}

// possible reports whether the flag's value, as it was read, can equal c.
func (p *pass) possible(row *registry.Flag, read flagref.FlagValue, c constant.Value) bool {
	v, ok := constantValue(c)
	if !ok || v.Type() == registry.TypeBool || v.Equal(registry.String("")) || contains(row.Variants, v) || row.Default != nil && row.Default.Equal(v) {
		return true
	}
	for _, ref := range p.references(flagref.Evaluation) {
		if ref.Key != read.Key {
			continue
		}
		if ref.Sentinel != "" && v.Equal(registry.String(ref.Sentinel)) {
			return true
		}
		if fb, ok := constantValue(ref.Default); ok && fb.Equal(v) || ref.DefaultNode != nil && ref.Default == nil {
			return true
		}
	}
	return false
}

func contains(list []registry.Value, v registry.Value) bool {
	for _, w := range list {
		if w.Equal(v) {
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
