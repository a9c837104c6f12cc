package removal

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// assignment renders a statement that assigns, or a range clause, without the
// variables that go.
func (m *emitter) assignment(n ast.Node, d *decision, out *[]edit) {
	start, end := m.off(n.Pos()), m.off(n.End())
	switch s := n.(type) {
	case *ast.RangeStmt:
		m.rangeClause(s, d, out)
		return
	case *ast.AssignStmt:
		text := m.assignText(s, d)
		*out = append(*out, edit{start: start, end: end, text: m.withHoist(d.hoist, m.withDeclares(d, text))})
	case *ast.ValueSpec:
		m.valueSpec(s, d, out)
	}
}

// assignToken is := when an assignment declares a variable after the removal.
func (e *engine) assignToken(s *ast.AssignStmt) token.Token {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		return s.Tok
	}
	d := e.dec[s]
	for i, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); ok && id.Name != "_" && (d == nil || d.lhs == nil || d.lhs[i] == lhsKeep) && e.declaresHere(id, s) {
			return token.DEFINE
		}
	}
	return token.ASSIGN
}

// assignText renders what is left of an assignment.
func (m *emitter) assignText(s *ast.AssignStmt, d *decision) string {
	tok := m.e.assignToken(s)
	var left, right []string
	for i, l := range s.Lhs {
		switch d.lhs[i] {
		case lhsBlank:
			left = append(left, "_")
		case lhsKeep:
			left = append(left, m.text(l))
		}
	}
	if d.op == opTuple {
		for i, l := range s.Lhs {
			if d.lhs[i] != lhsKeep {
				continue
			}
			t, v := m.e.x.typeOf(l), d.vals[i]
			id, isIdent := l.(*ast.Ident)
			declared := isIdent && m.e.declaresHere(id, s)
			if v.dyn != nil {
				t = v.dyn
			} else if declared && len(left) == 1 && v.known() && isZero(v) && m.literal(v, t, false) != m.literal(v, t, true) {
				return "var " + left[0] + " " + m.typeName(t)
			}
			right = append(right, m.literal(v, t, !declared && v.dyn == nil))
		}
	} else {
		for i, r := range s.Rhs {
			if !d.dropR[i] {
				right = append(right, m.text(r))
			}
		}
	}
	if len(left) == 0 || m.receives(s, left) {
		return strings.Join(right, ", ")
	}
	return strings.Join(left, ", ") + " " + tok.String() + " " + strings.Join(right, ", ")
}

// receives reports whether a clause of a select keeps nothing of what it receives.
func (m *emitter) receives(s *ast.AssignStmt, left []string) bool {
	c, ok := m.e.x.parent(s).(*ast.CommClause)
	return ok && c.Comm == ast.Stmt(s) && !slices.ContainsFunc(left, func(l string) bool { return l != "_" })
}

// withDeclares puts declarations before a statement, for variables whose
// declaring assignment goes while later code still assigns and reads them.
func (m *emitter) withDeclares(d *decision, text string) string {
	var lines []string
	for _, id := range d.declare {
		lines = append(lines, "var "+id.Name+" "+m.typeName(m.e.x.objectAt(id).Type()))
	}
	if text != "" {
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// valueSpec renders a var specification without the names that go.
func (m *emitter) valueSpec(s *ast.ValueSpec, d *decision, out *[]edit) {
	var names, values []string
	for i, id := range s.Names {
		switch d.lhs[i] {
		case lhsKeep:
			names = append(names, id.Name)
		case lhsBlank:
			names = append(names, "_")
		}
	}
	if d.op == opTuple {
		for i, id := range s.Names {
			if d.lhs[i] == lhsKeep {
				values = append(values, m.literal(d.vals[i], m.e.x.typeOf(id), s.Type != nil))
			}
		}
		for _, id := range d.declare {
			names = append(names, id.Name)
			values = append(values, m.literal(&value{isNil: true}, m.e.x.objs[id.Pos()].Type(), false))
		}
	} else {
		for i, v := range s.Values {
			if !d.dropR[i] {
				values = append(values, m.text(v))
			}
		}
	}
	text := strings.Join(names, ", ")
	if s.Type != nil {
		text += " " + m.text(s.Type)
	}
	if len(values) > 0 {
		text += " = " + strings.Join(values, ", ")
	}
	if len(d.hoist) > 0 {
		if g, ok := m.e.x.parent(s).(*ast.GenDecl); ok && len(g.Specs) == 1 {
			*out = append(*out, edit{start: m.off(g.Pos()), end: m.off(g.Pos()), text: m.hoistText(d.hoist) + "\n"})
		}
	}
	*out = append(*out, edit{start: m.off(s.Pos()), end: m.off(s.End()), text: text})
}

func (m *emitter) rangeClause(s *ast.RangeStmt, d *decision, out *[]edit) {
	key, val := "", ""
	if s.Key != nil {
		key = m.text(s.Key)
		if d.drop[0] {
			key = "_"
		}
	}
	if s.Value != nil && !d.drop[1] {
		val = m.text(s.Value)
	}
	text := ""
	switch {
	case val != "" && val != "_":
		text = key + ", " + val + " " + s.Tok.String() + " "
	case key != "" && key != "_":
		text = key + " " + s.Tok.String() + " "
	}
	*out = append(*out, edit{start: m.off(s.Key.Pos()), end: m.off(s.Range), text: text})
	m.edits(s.X, out)
	m.edits(s.Body, out)
}

// operand renders the operand that stays of a logical expression, without
// parentheses that the place does not need.
func (m *emitter) operand(n ast.Node, keep ast.Expr) string {
	inner := keep
	for {
		p, ok := inner.(*ast.ParenExpr)
		if !ok || m.needsParens(m.e.x.parent(n), m.result(p.X)) || m.e.dec[p] != nil {
			break
		}
		inner = p.X
	}
	if d := m.e.dec[n]; d.neg {
		return m.negated(keep)
	}
	return m.text(inner)
}

// negated renders the opposite of a condition.
func (m *emitter) negated(x ast.Expr) string {
	inner := m.result(x)
	switch y := inner.(type) {
	case *ast.UnaryExpr:
		if y.Op == token.NOT && m.e.dec[y] == nil {
			return m.text(ast.Unparen(y.X))
		}
	case *ast.BinaryExpr:
		if flipped, ok := opposites[y.Op]; ok && m.e.dec[y] == nil {
			return m.text(y.X) + " " + flipped.String() + " " + m.text(y.Y)
		}
		return "!(" + m.text(inner) + ")"
	}
	return "!" + m.text(inner)
}

// result is the expression, out of parentheses, that stands in the place of x
// after the removal.
func (m *emitter) result(x ast.Expr) ast.Expr {
	for {
		x = ast.Unparen(x)
		d := m.e.dec[x]
		if u, ok := x.(*ast.UnaryExpr); ok && m.unnegates(u) {
			return m.opposite(u.X)
		}
		if d == nil || d.op != opKeep {
			return x
		}
		if d.neg {
			return m.opposite(d.keep)
		}
		x = d.keep
	}
}

// unnegates reports whether a negation is of what has become a negation itself, !(!a && on),
// or a comparison, !(a == b && on), so that another one takes the place of both.
func (m *emitter) unnegates(x *ast.UnaryExpr) bool {
	if x.Op != token.NOT || m.e.dec[x] != nil {
		return false
	}
	if d := m.e.dec[ast.Unparen(x.X)]; d == nil || d.op != opKeep {
		return false
	}
	switch y := m.result(x.X).(type) {
	case *ast.UnaryExpr:
		return y.Op == token.NOT && m.e.dec[y] == nil
	case *ast.BinaryExpr:
		_, ok := opposites[y.Op]
		return ok && m.e.dec[y] == nil
	}
	return false
}

// opposite is the expression, out of parentheses, that negated renders.
func (m *emitter) opposite(x ast.Expr) ast.Expr {
	switch y := m.result(x).(type) {
	case *ast.UnaryExpr:
		if y.Op == token.NOT && m.e.dec[y] == nil {
			return m.result(y.X)
		}
	case *ast.BinaryExpr:
		if flipped, ok := opposites[y.Op]; ok && m.e.dec[y] == nil {
			return &ast.BinaryExpr{X: y.X, Op: flipped, Y: y.Y}
		}
	}
	return &ast.UnaryExpr{Op: token.NOT, X: x}
}

// opposites are the comparisons whose opposite is one whatever the operands are.
var opposites = map[token.Token]token.Token{token.EQL: token.NEQ, token.NEQ: token.EQL}

// needsParens reports whether x must stand in parentheses below parent.
func (m *emitter) needsParens(parent ast.Node, x ast.Expr) bool {
	for {
		d := m.e.dec[parent]
		if d == nil || d.op != opKeep {
			break
		}
		parent = m.e.x.parent(parent)
	}
	b, ok := x.(*ast.BinaryExpr)
	if !ok {
		_, lit := x.(*ast.CompositeLit)
		return lit
	}
	switch p := parent.(type) {
	case *ast.BinaryExpr:
		return p.Op.Precedence() >= b.Op.Precedence() && !(p.Op == b.Op && (p.Op == token.LAND || p.Op == token.LOR))
	case *ast.UnaryExpr, *ast.StarExpr, *ast.SelectorExpr, *ast.IndexExpr, *ast.CallExpr:
		if c, ok := parent.(*ast.CallExpr); ok {
			return ast.Node(c.Fun) == x
		}
		return true
	}
	return false
}
