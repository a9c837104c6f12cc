package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// inPairs takes one flag out of a text that sets several: "A=true,B=false", or
// "+a,-b". It reports whether x is such a text and keeps others; what sets no
// other flag goes as a whole.
func (p *testPlan) inPairs(s *site, x ast.Expr) bool {
	left, found := p.pairsWithout(s.key, x)
	if !found || left == "" {
		return false
	}
	if _, ok := ast.Unparen(x).(*ast.BasicLit); !ok {
		return true // a constant that others may read: it stays and is told
	}
	s.node = x
	p.text[x] = quote(left)
	return true
}

// pairsWithout is a text of pairs as it is without those of one flag, and of others that
// were taken out of it; found tells whether it had one.
func (p *testPlan) pairsWithout(key string, x ast.Expr) (left string, found bool) {
	c := p.e.constantOf(x)
	if c == nil || c.Kind() != constant.String || constant.StringVal(c) == key {
		return "", false
	}
	of := func(pair string) bool { return pairKey(pair) == key }
	text := constant.StringVal(c)
	pairs, _ := flagref.SplitPairs(text)
	if found = slices.ContainsFunc(pairs, of); !found {
		return "", false
	}
	if old := p.text[x]; old != "" {
		text = constant.StringVal(constant.MakeFromLiteral(old, token.STRING, 0))
	}
	pairs, sep := flagref.SplitPairs(text)
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(pairs, of), sep)), true
}

// pairsElsewhere reports whether x is a text of pairs that does not stand in the call
// which sets them: a column's, or a variable's.
func (p *testPlan) pairsElsewhere(s *site, x ast.Expr) bool {
	call, ok := s.node.(*ast.CallExpr)
	if !ok || call.Pos() <= x.Pos() && x.End() <= call.End() {
		return false
	}
	_, found := p.pairsWithout(s.key, x)
	return found
}

// pairsInColumn takes a flag out of the texts of pairs that rows give a column, of which x is one,
// where all that reads the column sets the flags in it. What sets no other flag goes. It
// reports whether that can be done in all rows: not where a text is made at run time, or of
// parts and sets others.
func (p *testPlan) pairsInColumn(s *site, x ast.Expr) bool {
	t, v := p.cellOf(x)
	if v == nil || !p.onlySets(v) {
		return false
	}
	var sites []*site
	for _, r := range t.rows {
		cell, el := r.cell(p, v)
		if cell == nil {
			continue
		}
		if c := p.e.constantOf(cell); c == nil || c.Kind() != constant.String {
			return false
		}
		left, found := p.pairsWithout(s.key, cell)
		if !found {
			continue
		}
		if _, literal := cell.(*ast.BasicLit); r.node == nil || left != "" && !literal {
			return false
		}
		o := &site{ref: s.ref, key: s.key, node: el, c: p.pairSets(s.key, cell)}
		if left != "" || el == ast.Node(cell) {
			o.node = cell
		}
		sites = append(sites, o)
	}
	for _, o := range sites {
		if slices.ContainsFunc(p.sites, func(old *site) bool { return old.key == o.key && old.node == o.node }) {
			return true // each row's text is a reference
		}
	}
	for _, o := range sites {
		if kv, ok := o.node.(*ast.KeyValueExpr); ok {
			delete(p.text, kv.Value) // what another flag left
		} else if x, ok := o.node.(ast.Expr); ok {
			left, _ := p.pairsWithout(o.key, x)
			p.text[x] = quote(left)
		}
		o.scope = p.scopeOf(o.node)
		p.sites = append(p.sites, o)
	}
	return true
}

// cellOf is the table and the column that a row gives an expression.
func (p *testPlan) cellOf(x ast.Expr) (*table, *types.Var) {
	var el ast.Node = x
	if kv, ok := p.e.x.parent(x).(*ast.KeyValueExpr); ok {
		el = kv
	}
	r := p.rowOf(el)
	if r == nil || p.e.x.parent(el) != ast.Node(r.lit) {
		return nil, nil
	}
	for _, v := range r.table.vars {
		if cell, _ := r.cell(p, v); cell == x {
			return r.table, v
		}
	}
	return nil, nil
}

// pairSets is what a text of pairs sets a flag to: the last counts.
func (p *testPlan) pairSets(key string, x ast.Expr) constant.Value {
	var out constant.Value
	pairs, _ := flagref.SplitPairs(constant.StringVal(p.e.constantOf(x)))
	for _, pair := range pairs {
		if pairKey(pair) != key {
			continue
		}
		_, text, ok := strings.Cut(pair, "=")
		out = constant.MakeBool(!ok && !strings.HasPrefix(strings.TrimSpace(pair), "-") || strings.EqualFold(strings.TrimSpace(text), "true"))
	}
	return out
}

// onlySets reports whether a column is read for nothing but to set flags.
func (p *testPlan) onlySets(v *types.Var) bool {
	e := p.e
	return !slices.ContainsFunc(e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		if kv, ok := e.x.parent(id).(*ast.KeyValueExpr); ok && kv.Key == ast.Expr(id) {
			return false
		}
		sel, ok := e.x.parent(id).(*ast.SelectorExpr)
		if !ok {
			return true
		}
		call, ok := e.x.parent(sel).(*ast.CallExpr)
		return !ok || !slices.ContainsFunc(e.refs, func(r *flagref.Reference) bool {
			return r.Kind == flagref.Override && r.Node == ast.Node(call) && r.KeyNode != nil && r.KeyNode != ast.Node(sel)
		})
	})
}

// pairKey is the key of one of the pairs of a text: "A=true", "+a" or "-a".
func pairKey(pair string) string {
	key, _, _ := strings.Cut(strings.TrimSpace(pair), "=")
	return strings.TrimLeft(strings.TrimSpace(key), "+-")
}
