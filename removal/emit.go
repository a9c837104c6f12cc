package removal

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strings"
)

// emitter renders what is left of one file. Every decision becomes text built
// from pieces of the original, so that nested decisions need no edit to lie
// beside another: the inner one is rendered first.
type emitter struct {
	e    *engine
	f    *file
	used map[string]bool // import names that literals need
}

// edit replaces src[start:end].
type edit struct {
	start, end int
	text       string
	lines      bool // the edit deletes whole lines
}

func (m *emitter) off(p token.Pos) int { return m.f.tok.Offset(p) }

// render returns the text of src[lo:hi] with the decisions on the given nodes,
// which lie inside, applied.
func (m *emitter) render(lo, hi int, nodes ...ast.Node) string {
	var edits []edit
	for _, n := range nodes {
		m.edits(n, &edits)
	}
	return m.apply(lo, hi, edits)
}

// text renders one node.
func (m *emitter) text(n ast.Node) string {
	return m.render(m.off(n.Pos()), m.off(n.End()), n)
}

func (m *emitter) apply(lo, hi int, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	src := m.f.src
	// Deletions with nothing but white space between are one.
	var merged []edit
	for _, ed := range edits {
		if n := len(merged); n > 0 {
			p := &merged[n-1]
			if ed.start < p.end { // covered already
				if ed.start == ed.end && p.lines {
					p.text += ed.text // effects run where lines go
				}
				if ed.end > p.end {
					p.end = ed.end
				}
				continue
			}
			if p.lines && ed.lines && len(bytes.TrimSpace(src[p.end:ed.start])) == 0 {
				p.end = ed.end
				continue
			}
		}
		merged = append(merged, ed)
	}
	var b strings.Builder
	at := lo
	for _, ed := range merged {
		if ed.lines && ed.text == "" {
			ed = m.closeGap(lo, hi, ed)
		}
		if ed.start < at {
			ed.start = at
		}
		b.Write(src[at:ed.start])
		b.WriteString(ed.text)
		at = max(at, ed.end)
	}
	b.Write(src[at:hi])
	return b.String()
}

// closeGap widens a deletion of whole lines so that it leaves no second blank
// line, and none after an opening or before a closing brace.
func (m *emitter) closeGap(lo, hi int, ed edit) edit {
	src := m.f.src
	before := strings.TrimRight(string(src[lo:ed.start]), " \t")
	after := string(src[ed.end:hi])
	blankAfter := len(after) - len(strings.TrimLeft(after, " \t\r\n"))
	nl := strings.LastIndexByte(after[:blankAfter], '\n') + 1
	opens := strings.HasSuffix(strings.TrimRight(before, " \t\r\n"), "{") || strings.HasSuffix(strings.TrimRight(before, " \t\r\n"), "(") || strings.TrimSpace(before) == ""
	blankBefore := strings.HasSuffix(before, "\n\n") || strings.HasSuffix(before, "\n\r\n") || opens && strings.HasSuffix(before, "\n")
	if blankBefore && nl > 0 {
		ed.end += nl
	}
	rest := strings.TrimLeft(after, " \t\r\n")
	if rest == "" || rest[0] == '}' || rest[0] == ')' {
		for ed.start-1 > lo && src[ed.start-1] == '\n' {
			i := ed.start - 1
			j := i
			for j > lo && (src[j-1] == ' ' || src[j-1] == '\t' || src[j-1] == '\r') {
				j--
			}
			if j > lo && src[j-1] == '\n' {
				ed.start = j
				continue
			}
			break
		}
	}
	return ed
}

// edits appends the edits that the decisions on n and below call for.
func (m *emitter) edits(n ast.Node, out *[]edit) {
	if n == nil {
		return
	}
	d := m.e.dec[n]
	if d == nil || d.op == opNone {
		if d != nil && len(d.hoist) > 0 {
			if s, ok := n.(ast.Stmt); ok {
				at := m.off(s.Pos())
				*out = append(*out, edit{start: at, end: at, text: m.hoistText(d.hoist) + "\n"})
			}
		}
		if m.special(n, out) {
			return
		}
		m.children(n, out)
		if d != nil && len(d.more) > 0 {
			m.moreElements(n, d.more, out)
		}
		return
	}
	switch d.op {
	case opNoCond, opNoTag, opRange:
		if len(d.hoist) > 0 { // the others put their effects where they stand
			at := m.off(n.Pos())
			*out = append(*out, edit{start: at, end: at, text: m.hoistText(d.hoist) + "\n"})
		}
	}
	switch d.op {
	case opLit:
		*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.literals(n.(ast.Expr), d)})
	case opKeep:
		m.keepOperand(n, d, out)
	case opDrop, opGive:
		m.drop(n, d, out)
	case opTake:
		*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.text(d.keep)})
	case opText:
		*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: d.text})
	case opSplice:
		*out = append(*out, m.splice(n.(ast.Stmt), d))
	case opNoCond:
		m.noCond(n.(*ast.ForStmt), out)
	case opElseIf:
		s := n.(*ast.IfStmt)
		m.edits(s.Init, out)
		rest := strings.TrimSpace(strings.TrimPrefix(m.text(s.Else), "if"))
		*out = append(*out, edit{start: m.off(s.Cond.Pos()), end: m.off(s.End()), text: rest})
	case opInvert:
		s := n.(*ast.IfStmt)
		if len(d.hoist) > 0 {
			*out = append(*out, edit{start: m.off(s.Pos()), end: m.off(s.Pos()), text: m.hoistText(d.hoist) + "\n"})
		}
		if s.Init != nil {
			m.edits(s.Init, out)
		}
		*out = append(*out, edit{start: m.off(s.Cond.Pos()), end: m.off(s.End()), text: m.negated(s.Cond) + " " + m.text(s.Else)})
	case opNoTag:
		s := n.(*ast.SwitchStmt)
		*out = append(*out, edit{start: m.off(s.Tag.Pos()), end: m.off(s.Body.Lbrace), text: ""})
		if s.Init != nil {
			m.edits(s.Init, out)
		}
		m.edits(s.Body, out)
	case opDefault:
		c := n.(*ast.CaseClause)
		*out = append(*out, edit{start: m.off(c.Case), end: m.off(c.Colon), text: "default"})
		for _, s := range c.Body {
			m.edits(s, out)
		}
	case opInline:
		s := n.(*ast.ExprStmt)
		text := m.text(m.e.dec[ast.Unparen(s.X)].keep) + "()"
		*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.withHoist(d.hoist, text)})
	case opAssign, opTuple, opRange:
		m.assignment(n, d, out)
	case opFields:
		f := n.(*ast.Field)
		m.listItems(toNodes(f.Names), d.drop, m.off(f.Names[0].Pos()), m.off(f.Type.Pos()), out)
		m.edits(f.Type, out)
	case opResults:
		m.returnStmt(n.(*ast.ReturnStmt), d, out)
	case opArgs:
		c := n.(*ast.CallExpr)
		m.edits(c.Fun, out)
		args := toNodes(c.Args)
		if last := len(args) - 1; c.Ellipsis.IsValid() && d.drop[last] {
			args[last] = spread{c.Args[last], c.Ellipsis + token.Pos(len("..."))}
		}
		m.listItems(args, d.drop, m.off(c.Lparen)+1, m.off(c.Rparen), out)
	}
}

// spread is the last argument of a call with the dots behind it.
type spread struct {
	ast.Expr
	end token.Pos
}

func (s spread) End() token.Pos { return s.end }

func toNodes[T ast.Node](list []T) []ast.Node {
	out := make([]ast.Node, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// children appends the edits of the nodes right below n.
func (m *emitter) children(n ast.Node, out *[]edit) {
	ast.Inspect(n, func(c ast.Node) bool {
		if c == n {
			return true
		}
		if c != nil {
			m.edits(c, out)
		}
		return false
	})
}

// special handles nodes whose text depends on decisions further in.
func (m *emitter) special(n ast.Node, out *[]edit) bool {
	switch n := n.(type) {
	case *ast.FieldList:
		if st, ok := m.e.x.parent(n).(*ast.StructType); ok && m.emptied(n) {
			*out = append(*out, edit{start: m.off(st.Struct) + len("struct"), end: m.off(n.Closing) + 1, text: "{}"})
			return true
		}
		if _, ok := m.e.x.parent(n).(*ast.FuncType); !ok {
			return false
		}
		var drop []bool
		for _, f := range n.List {
			d := m.e.dec[f]
			drop = append(drop, d != nil && d.op == opDrop)
		}
		if ft := m.e.x.parent(n).(*ast.FuncType); ft.Results == n && len(drop) > 0 && !slices.Contains(drop, false) {
			*out = append(*out, edit{start: m.off(ft.Params.End()), end: m.off(n.End())})
			return true
		}
		if slices.Contains(drop, true) {
			m.listItems(toNodes(n.List), drop, m.off(n.Opening)+1, m.off(n.Closing), out)
			return true
		}
	case *ast.IfStmt:
		m.ifStmt(n, out)
		return true
	case *ast.LabeledStmt:
		return m.labeled(n, out)
	case *ast.AssignStmt:
		if t := m.e.typedMove(n); t != nil {
			*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.TokPos) + 1, text: "var " + n.Lhs[0].(*ast.Ident).Name + " " + m.exprText(t) + " ="})
			m.edits(n.Rhs[0], out)
			return true
		}
		if tok := m.e.assignToken(n); tok != n.Tok {
			at := m.off(n.TokPos)
			*out = append(*out, edit{start: at, end: at + len(n.Tok.String()), text: tok.String()})
		}
	case *ast.ParenExpr:
		if d := m.e.dec[n.X]; d != nil && d.op == opKeep && !m.needsParens(m.e.x.parent(n), m.result(n.X)) {
			*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.text(n.X)})
			return true
		}
	case *ast.CallExpr:
		if text, ok := m.converted(n); ok {
			*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: text})
			return true
		}
	case *ast.UnaryExpr:
		if m.unnegates(n) {
			text := m.negated(n.X)
			if m.needsParens(m.e.x.parent(n), m.opposite(n.X)) {
				text = "(" + text + ")"
			}
			*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: text})
			return true
		}
	case *ast.CaseClause:
		m.caseClause(n, out)
		return true
	case *ast.CompositeLit:
		var drop []bool
		for _, x := range n.Elts {
			d := m.e.dec[x]
			drop = append(drop, d != nil && d.op == opDrop)
		}
		if slices.Contains(drop, true) {
			if n.Type != nil {
				m.edits(n.Type, out)
			}
			m.listItems(toNodes(n.Elts), drop, m.off(n.Lbrace)+1, m.off(n.Rbrace), out)
			return true
		}
	}
	return false
}

// emptied reports whether all fields of a struct go, with all that is said between its braces.
func (m *emitter) emptied(n *ast.FieldList) bool {
	said := 0
	for _, f := range n.List {
		if d := m.e.dec[f]; d == nil || d.op != opDrop {
			return false
		}
		for _, g := range []*ast.CommentGroup{f.Doc, f.Comment} {
			if g != nil {
				said++
			}
		}
	}
	for _, g := range m.f.ast.Comments {
		if n.Opening < g.Pos() && g.End() < n.Closing {
			said--
		}
	}
	return len(n.List) > 0 && said == 0
}

// ifStmt renders an if that stays, with what becomes of its init and its else.
func (m *emitter) ifStmt(s *ast.IfStmt, out *[]edit) {
	if s.Init != nil {
		if d := m.e.dec[s.Init]; d != nil && d.op == opDrop && len(d.hoist) == 0 {
			*out = append(*out, edit{start: m.off(s.Init.Pos()), end: m.off(s.Cond.Pos())})
		} else {
			m.edits(s.Init, out)
		}
	}
	m.edits(s.Cond, out)
	m.edits(s.Body, out)
	switch els := s.Else.(type) {
	case *ast.BlockStmt:
		if d := m.e.dec[els]; d != nil && d.op == opDrop {
			*out = append(*out, edit{start: m.off(s.Body.End()), end: m.off(els.End())})
			return
		}
		m.edits(els, out)
	case *ast.IfStmt:
		m.elseIf(s, els, out)
	}
}

// elseIf renders the else-if of an if that stays.
func (m *emitter) elseIf(s, els *ast.IfStmt, out *[]edit) {
	last := els // what the chain comes to, for one else-if after the other may go
	for {
		d := m.e.dec[last]
		if d == nil || d.op != opSplice || d.init != nil || len(d.hoist) > 0 {
			break
		}
		inner, ok := d.arm.(*ast.IfStmt)
		if !ok {
			break
		}
		last = inner
	}
	lo, hi := m.off(els.Pos()), m.off(els.End())
	if d := m.e.dec[last]; d == nil || d.op != opDrop && d.op != opSplice {
		if last == els {
			m.edits(els, out)
		} else {
			*out = append(*out, edit{start: lo, end: hi, text: m.text(last)})
		}
		return
	}
	body := strings.TrimSpace(m.stmtText(last))
	if body == "" {
		*out = append(*out, edit{start: m.off(s.Body.End()), end: hi})
		return
	}
	*out = append(*out, edit{start: lo, end: hi, text: m.fragment(s, lo, "{\n"+body+"\n}")})
}

// labeled drops a label that nothing jumps to any more.
func (m *emitter) labeled(s *ast.LabeledStmt, out *[]edit) bool {
	uses := m.e.x.usesOf(s.Label.Pos())
	if len(uses) > 0 && len(m.e.liveUses(s.Label.Pos())) == 0 {
		*out = append(*out, edit{start: m.off(s.Pos()), end: m.off(s.End()), text: strings.TrimSpace(m.stmtText(s.Stmt))})
		return true
	}
	if d := m.e.dec[s.Stmt]; d != nil && (d.op == opSplice || d.op == opDrop) {
		text := strings.TrimSpace(m.stmtText(s.Stmt))
		if d.braces {
			text = "{\n" + text + "\n}"
		}
		*out = append(*out, edit{start: m.off(s.Colon) + 1, end: m.off(s.Stmt.End()), text: "\n" + text})
		return true
	}
	return false
}

// stmtText renders a statement that may be dropped.
func (m *emitter) stmtText(s ast.Stmt) string {
	d := m.e.dec[s]
	switch {
	case d == nil:
	case d.op == opDrop:
		return m.hoistText(d.hoist)
	case d.op == opSplice:
		return m.spliceText(s, d)
	}
	return m.text(s)
}

// caseClause renders a clause that loses some of its cases.
func (m *emitter) caseClause(c *ast.CaseClause, out *[]edit) {
	drop := make([]bool, len(c.List))
	for i, x := range c.List {
		if d := m.e.dec[x]; d != nil && d.op == opDrop {
			drop[i] = true
		}
	}
	if slices.Contains(drop, true) {
		m.listItems(toNodes(c.List), drop, m.off(c.Case)+len("case"), m.off(c.Colon), out)
	} else {
		for _, x := range c.List {
			m.edits(x, out)
		}
	}
	for _, s := range c.Body {
		m.edits(s, out)
	}
}

// listItems deletes items of a comma-separated list that stands between lo and hi.
func (m *emitter) listItems(items []ast.Node, drop []bool, lo, hi int, out *[]edit) {
	src := m.f.src
	lastKept := -1
	for i := range items {
		if !drop[i] {
			lastKept = i
		}
	}
	for i, it := range items {
		if !drop[i] {
			m.edits(it, out)
			continue
		}
		start, end := m.off(it.Pos()), m.off(it.End())
		if after := skipComma(src, end, hi); after > end { // on lines of its own, with the comment beside it
			if ls, le, ok := m.wholeLines(start, after); ok {
				*out = append(*out, edit{start: m.leadingComments(ls, it), end: le, lines: true})
				continue
			}
		}
		if i > lastKept && lastKept >= 0 {
			// at the end: from the end of the last one that stays
			start = m.off(items[i-1].End())
			if i+1 == len(items) {
				// keep a trailing comma and newline of a multi-line list
				rest := string(src[end:hi])
				trimmed := strings.TrimLeft(rest, " \t")
				if strings.HasPrefix(trimmed, ",") {
					start = skipComma(src, start, hi)
					end = skipComma(src, end, hi)
				}
			}
		} else {
			end = skipComma(src, end, hi)
			for end < hi && (src[end] == ' ' || src[end] == '\t') {
				end++
			}
		}
		if ls, le, ok := m.wholeLines(start, end); ok {
			ls = m.leadingComments(ls, it)
			*out = append(*out, edit{start: ls, end: le, lines: true})
			continue
		}
		*out = append(*out, edit{start: start, end: end})
	}
	if lastKept < 0 && len(items) > 0 && len(bytes.TrimSpace(src[lo:m.off(items[0].Pos())])) == 0 {
		*out = append(*out, edit{start: lo, end: hi})
	}
}

// skipComma returns the offset after the comma that follows at, if one does.
func skipComma(src []byte, at, hi int) int {
	for i := at; i < hi; i++ {
		switch src[i] {
		case ' ', '\t':
		case ',':
			return i + 1
		default:
			return at
		}
	}
	return at
}

// wholeLines widens a range to whole lines, when nothing else but white space
// and a trailing comment stands on them.
func (m *emitter) wholeLines(start, end int) (int, int, bool) {
	src := m.f.src
	ls := start
	for ls > 0 && (src[ls-1] == ' ' || src[ls-1] == '\t') {
		ls--
	}
	if ls > 0 && src[ls-1] != '\n' {
		return 0, 0, false
	}
	le := end
	for le < len(src) && (src[le] == ' ' || src[le] == '\t' || src[le] == '\r' || src[le] == ';') {
		le++
	}
	if le+1 < len(src) && src[le] == '/' && src[le+1] == '/' {
		for le < len(src) && src[le] != '\n' {
			le++
		}
	}
	if le+1 < len(src) && src[le] == '/' && src[le+1] == '*' {
		if i := bytes.Index(src[le:], []byte("*/")); i >= 0 && !bytes.Contains(src[le:le+i], []byte("\n")) {
			le += i + 2
			for le < len(src) && (src[le] == ' ' || src[le] == '\t') {
				le++
			}
		}
	}
	if le < len(src) && src[le] != '\n' {
		return 0, 0, false
	}
	return ls, min(le+1, len(src)), true
}

// drop deletes a statement, specification or declaration with its lines, or
// leaves the effects that must stay.
func (m *emitter) drop(n ast.Node, d *decision, out *[]edit) {
	if len(d.hoist) > 0 {
		if _, ok := n.(ast.Stmt); ok {
			*out = append(*out, edit{start: m.off(n.Pos()), end: m.off(n.End()), text: m.hoistText(d.hoist)})
			return
		}
		if vs, ok := n.(*ast.ValueSpec); ok {
			if g, ok := m.e.x.parent(vs).(*ast.GenDecl); ok && len(g.Specs) == 1 {
				*out = append(*out, edit{start: m.off(g.Pos()), end: m.off(g.End()), text: m.hoistText(d.hoist)})
				return
			}
		}
	}
	target := n
	if g, ok := m.e.x.parent(n).(*ast.GenDecl); ok {
		if all := !slices.ContainsFunc(g.Specs, func(s ast.Spec) bool {
			sd := m.e.dec[s]
			return sd == nil || sd.op != opDrop
		}); all {
			if g.Specs[0] != n {
				return // done with the first
			}
			target = g
		}
	}
	start, end := m.off(target.Pos()), m.off(target.End())
	if doc := docOf(target); doc != nil && (!m.e.declaredNext(target) || m.e.speaksOfFlag(rawText(doc))) && !m.headsList(doc, target) && !m.headsParagraph(doc, target) {
		start = min(start, m.off(doc.Pos()))
	}
	if d.tail {
		end = m.tailEnd(target, end)
	}
	if ls, le, ok := m.wholeLines(start, end); ok {
		ls = m.leadingComments(ls, target)
		*out = append(*out, edit{start: ls, end: le, lines: true})
		return
	}
	// something else stands on the line
	src := m.f.src
	for end < len(src) && (src[end] == ' ' || src[end] == ';') {
		end++
	}
	if end < len(src) && src[end] == '}' { // the last of several on a line
		for start > 0 && src[start-1] == ' ' {
			start--
		}
		if src[start-1] == ';' {
			start--
		}
		if src[end-1] == ' ' {
			end--
		}
	}
	*out = append(*out, edit{start: start, end: end})
}

// tailEnd is where the comments end that close a block behind its last statement,
// which is out of reach: they speak of the code that goes.
func (m *emitter) tailEnd(s ast.Node, end int) int {
	b, ok := m.e.x.parent(s).(*ast.BlockStmt)
	if !ok {
		return end
	}
	for _, g := range m.f.ast.Comments {
		if g.Pos() > s.End() && g.End() <= b.Rbrace {
			end = max(end, m.off(g.End()))
		}
	}
	return end
}

func docOf(n ast.Node) *ast.CommentGroup {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Doc
	case *ast.GenDecl:
		return n.Doc
	case *ast.ValueSpec:
		return n.Doc
	case *ast.TypeSpec:
		return n.Doc
	case *ast.ImportSpec:
		return n.Doc
	case *ast.Field:
		return n.Doc
	}
	return nil
}

// splice renders a statement that is replaced by statements of its parts.
func (m *emitter) splice(s ast.Stmt, d *decision) edit {
	text := strings.TrimSpace(m.spliceText(s, d))
	start, end := m.off(s.Pos()), m.off(s.End())
	if text == "" {
		if ls, le, ok := m.wholeLines(start, end); ok {
			ls = m.leadingComments(ls, s)
			return edit{start: ls, end: le, lines: true}
		}
		for end < len(m.f.src) && (m.f.src[end] == ' ' || m.f.src[end] == ';') {
			end++
		}
		return edit{start: start, end: end}
	}
	if listTerminates(d.body) && !terminates(s) {
		end = m.closingComments(s, end)
	}
	if d.braces {
		text = m.withDeclares(d, "{\n"+text+"\n}")
	}
	text = m.fragment(s, start, text)
	if ls, _, ok := m.wholeLines(start, end); ok && text != "" {
		if c := m.leadingComments(ls, s); c < ls {
			for m.f.src[c] == ' ' || m.f.src[c] == '\t' {
				c++
			}
			return edit{start: c, end: m.flagComment(end), text: text}
		}
	}
	return edit{start: start, end: m.flagComment(end), text: text}
}

// flagComment widens the place of a statement by a comment behind it on its line
// that speaks of the flag.
func (m *emitter) flagComment(end int) int {
	for _, g := range m.f.ast.Comments {
		at := m.off(g.Pos())
		if at < end || strings.Trim(string(m.f.src[end:at]), " \t") != "" {
			continue
		}
		if m.e.speaksOfFlag(rawText(g)) {
			return m.off(g.End())
		}
	}
	return end
}

// spliceText is the text of the statements that take the place of s.
func (m *emitter) spliceText(s ast.Stmt, d *decision) string {
	var parts []string
	if d.init != nil {
		if t := strings.TrimSpace(m.stmtText(d.init)); t != "" {
			parts = append(parts, t)
		}
	}
	if t := m.hoistText(d.hoist); t != "" {
		parts = append(parts, t)
	}
	if t := m.bodyText(d); t != "" {
		if d.within {
			t = "{\n" + t + "\n}"
		}
		parts = append(parts, t)
	}
	return strings.Join(parts, "\n")
}

// bodyText renders the statements of the arm that stays, comments included.
func (m *emitter) bodyText(d *decision) string {
	block, _ := d.arm.(*ast.BlockStmt)
	if d.inner != nil {
		block = d.inner
	}
	switch {
	case d.chain != nil:
		var parts []string
		for _, c := range d.chain {
			lo, hi := m.off(c.Colon)+1, m.clauseEnd(c)
			if t := m.trimArm(m.render(lo, hi, toNodes(c.Body)...)); t != "" {
				if d.apart && len(m.e.declaredWithin(c)) > 0 {
					t = "{\n" + t + "\n}"
				}
				parts = append(parts, t)
			}
		}
		return strings.Join(parts, "\n")
	case block != nil:
		if len(d.body) == 0 {
			return ""
		}
		return m.trimArm(m.render(m.off(block.Lbrace)+1, m.off(block.Rbrace), toNodes(block.List)...))
	case len(d.body) == 1:
		return m.stmtText(d.body[0])
	}
	return ""
}

// clauseEnd is where the text of a clause ends: at the next clause or the end of
// the switch; a comment directly above the next clause belongs to that.
func (m *emitter) clauseEnd(c *ast.CaseClause) int {
	b, ok := m.e.x.parent(c).(*ast.BlockStmt)
	if !ok {
		return m.off(c.End())
	}
	for i, s := range b.List {
		if s == ast.Stmt(c) && i+1 < len(b.List) {
			next := b.List[i+1]
			at := m.off(next.Pos())
			for _, g := range m.f.ast.Comments {
				if g.Pos() > c.End() && g.End() < next.Pos() {
					if own := m.ownComments(g, next); own < g.End() {
						return min(at, m.off(own))
					}
				}
			}
			return at
		}
	}
	return m.off(b.Rbrace)
}

// trimArm strips white space around an arm's text, and a comment behind its
// opening brace that speaks of the flag.
func (m *emitter) trimArm(t string) string {
	trimmed := strings.TrimLeft(t, " \t")
	if strings.HasPrefix(trimmed, "//") {
		line, rest, _ := strings.Cut(trimmed, "\n")
		if m.e.speaksOfFlag(line) {
			t = rest
		}
	}
	return strings.TrimSpace(t)
}

// hoistText renders effects as statements.
func (m *emitter) hoistText(effects []ast.Expr) string {
	var lines []string
	for _, x := range effects {
		t := m.exprText(x)
		if _, ok := ast.Unparen(x).(*ast.CallExpr); !ok {
			if u, ok := ast.Unparen(x).(*ast.UnaryExpr); !ok || u.Op != token.ARROW {
				t = "_ = " + t
			}
		} else if m.needsBlank(x) {
			t = "_ = " + t
		}
		lines = append(lines, t)
	}
	return strings.Join(lines, "\n")
}

// exprText renders an expression as it stands, whatever is decided on itself.
func (m *emitter) exprText(x ast.Expr) string {
	if d := m.e.dec[x]; d != nil && d.op != opLit {
		return m.text(x) // a call that loses arguments
	}
	var edits []edit
	m.children(x, &edits)
	return m.apply(m.off(x.Pos()), m.off(x.End()), edits)
}

// needsBlank reports whether a call cannot stand as a statement.
func (m *emitter) needsBlank(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return true
	}
	if m.e.isConversion(call) {
		return true
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		switch id.Name {
		case "append", "cap", "complex", "imag", "len", "make", "new", "real", "min", "max":
			return m.e.x.objectAt(id) != nil && m.e.x.objectAt(id).Pkg() == nil
		}
	}
	return false
}

func (m *emitter) withHoist(effects []ast.Expr, text string) string {
	if t := m.hoistText(effects); t != "" {
		return t + "\n" + text
	}
	return text
}

// noCond renders a for without its condition.
func (m *emitter) noCond(s *ast.ForStmt, out *[]edit) {
	lo, hi := m.off(s.Cond.Pos()), m.off(s.Cond.End())
	if s.Init == nil && s.Post == nil {
		hi = m.off(s.Body.Lbrace)
	}
	*out = append(*out, edit{start: lo, end: hi})
	if s.Init != nil {
		m.edits(s.Init, out)
	}
	if s.Post != nil {
		m.edits(s.Post, out)
	}
	m.edits(s.Body, out)
}

// fragment formats a text that takes the place of a statement in a file that
// gofmt would change, where the whole must not be formatted.
func (m *emitter) fragment(s ast.Stmt, at int, text string) string {
	if m.f.formatted() || !strings.Contains(text, "\n") {
		return text
	}
	lo := at
	for lo > 0 && (m.f.src[lo-1] == ' ' || m.f.src[lo-1] == '\t') {
		lo--
	}
	indent := string(m.f.src[lo:at])
	if strings.Contains(indent, " ") || lo > 0 && m.f.src[lo-1] != '\n' {
		indent = strings.Repeat("\t", m.depth(s))
	}
	out, err := format.Source([]byte(indent + text))
	if err != nil {
		return text // a piece that cannot stand alone
	}
	return strings.TrimLeft(string(out), " \t")
}

// depth is how many tabs gofmt puts before a statement.
func (m *emitter) depth(s ast.Stmt) int {
	n := 0
	for p := m.e.x.parent(s); p != nil; p = m.e.x.parent(p) {
		switch b := p.(type) {
		case *ast.BlockStmt:
			if len(b.List) == 0 {
				n++
			} else if _, clause := b.List[0].(*ast.CaseClause); !clause {
				if _, comm := b.List[0].(*ast.CommClause); !comm {
					n++
				}
			}
		case *ast.CaseClause, *ast.CommClause, *ast.CompositeLit:
			n++
		}
	}
	return n
}

// finish formats the result as gofmt does, where the original was; it keeps the
// line ends of a file that has them all as CR LF.
func (m *emitter) finish(text string) ([]byte, error) {
	if m.f.crlf() {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	out, err := format.Source([]byte(text))
	if err != nil {
		return nil, err
	}
	if !m.f.formatted() {
		out = []byte(text)
	}
	if m.f.crlf() {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out, nil
}
