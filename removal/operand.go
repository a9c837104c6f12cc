package removal

import (
	"go/ast"
	"go/token"
	"strings"
)

// keepOperand renders a binary expression of which one operand stays. In a condition
// over several lines the comment behind the operand that stays keeps its place, and
// the one behind the operand that goes does not:
//
//	return a && // about a
//		on() && // about the flag
//		b // about b
func (m *emitter) keepOperand(n ast.Node, d *decision, out *[]edit) {
	ed := edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.operand(n, d.keep)}
	x, ok := n.(*ast.BinaryExpr)
	if !ok || d.keep != x.X || d.neg || x.Op != token.LAND && x.Op != token.LOR {
		*out = append(*out, ed)
		return
	}
	first := x // behind its left operand is what stays of several
	for {
		y, ok := first.X.(*ast.BinaryExpr)
		if !ok || y.Op != x.Op {
			break
		}
		if yd := m.e.dec[y]; yd == nil || yd.op != opKeep || yd.keep != y.X || yd.neg {
			break
		}
		first = y
	}
	between := string(m.f.src[m.off(first.X.End()):m.off(first.Y.Pos())])
	if !strings.Contains(between, "\n") {
		*out = append(*out, ed)
		return
	}
	p, ok := m.e.x.parent(x).(*ast.BinaryExpr)
	if ok && p.X == ast.Expr(x) && p.Op == x.Op && m.e.dec[p] == nil {
		// The line of the one that stays ends as it did; what stands above the next
		// operand on lines of its own stays above it.
		head, rest, _ := strings.Cut(between, "\n")
		_, tail, ok := strings.Cut(string(m.f.src[ed.end:m.off(p.Y.Pos())]), "\n")
		if !ok {
			tail = rest[strings.LastIndexByte(rest, '\n')+1:]
		}
		ed.text += head + "\n" + tail
		ed.end = m.off(p.Y.Pos())
		*out = append(*out, ed)
		return
	}
	// The operand was the last one: what is behind it on its line goes too.
	line, _, _ := strings.Cut(string(m.f.src[ed.end:]), "\n")
	if rest := strings.TrimSpace(line); rest == "" || strings.HasPrefix(rest, "//") {
		ed.end += len(strings.TrimRight(line, "\r"))
		_, comment, ok := strings.Cut(between, "//")
		if comment, _, _ = strings.Cut(comment, "\n"); ok {
			ed.text += " //" + strings.TrimRight(comment, "\r")
		}
	}
	*out = append(*out, ed)
}
