package removal

import (
	"bytes"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// leadingComments returns where the comments begin that stand right above a
// piece of syntax which starts at line offset ls and goes: with a deleted
// statement its comment goes, above one that is replaced by its arm only a
// comment that speaks of the flag does.
func (m *emitter) leadingComments(ls int, n ast.Node) int {
	replaced := false
	if d := m.e.dec[n]; d != nil && d.op == opSplice {
		replaced = len(d.body) > 0
	} else if m.e.declaredNext(n) {
		replaced = true
	}
	for _, g := range m.f.ast.Comments {
		end := m.off(g.End())
		if end > ls || end == ls && ls > 0 {
			continue
		}
		// only white space without a blank line between
		gap := string(m.f.src[end:ls])
		if strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") != 1 {
			continue
		}
		if _, _, ok := m.wholeLines(m.off(g.Pos()), end); !ok {
			continue // behind a statement
		}
		if isDirective(g) {
			continue
		}
		if replaced && !m.e.speaksOfFlag(rawText(g)) || m.headsList(g, n) || m.headsParagraph(g, n) {
			continue
		}
		start, _, _ := m.wholeLines(m.off(m.ownComments(g, n)), end)
		return start
	}
	return ls
}

// headsList reports whether a comment above an entry of a list is the heading of the
// entries that follow, one of which stays: "// Every gate is listed here:", "// Features".
// It ends in a colon, or is one word in the plural, and does not name the entry; of
// another one nothing tells that it is not the entry's own.
func (m *emitter) headsList(g *ast.CommentGroup, n ast.Node) bool {
	if !heading.MatchString(g.Text()) || m.e.speaksOfFlag(rawText(g)) {
		return false
	}
	flat := flatten(rawText(g))
	for _, name := range entryNames(n) {
		if strings.Contains(flat, flatten(name)) {
			return false
		}
	}
	entries := siblings(m.e.x.parent(n))
	at := slices.Index(entries, n)
	if at < 0 {
		return false
	}
	for i, next := range entries[at+1:] {
		gap := m.f.src[m.off(entries[at+i].End()):m.off(next.Pos())]
		if bytes.Count(gap, []byte("\n")) != 1 { // a blank line, or a comment of its own
			return false
		}
		if d := m.e.dec[next]; d == nil || d.op != opDrop {
			return true
		}
	}
	return false
}

// headsParagraph reports whether a comment above several declarations that are made further
// down now is about the statements that follow without a blank line, one of which stays: it
// does not name what is declared. Above one alone it may be about that.
func (m *emitter) headsParagraph(g *ast.CommentGroup, n ast.Node) bool {
	ids := m.e.declaredBy(n)
	flat := flatten(rawText(g))
	if len(ids) == 0 || m.e.speaksOfFlag(rawText(g)) {
		return false
	}
	for _, x := range ids {
		id, ok := x.(*ast.Ident)
		if !ok || m.e.moved[id.Pos()] == nil || strings.Contains(flat, flatten(id.Name)) {
			return false
		}
	}
	stmt := n
	if p, ok := m.e.x.parent(n).(*ast.DeclStmt); ok {
		stmt = p
	}
	list, _, _ := m.e.listAround(stmt)
	last, several := stmt, false
	for _, s := range list {
		if s.Pos() <= stmt.Pos() {
			continue
		}
		if bytes.Count(m.f.src[m.off(last.End()):m.off(s.Pos())], []byte("\n")) != 1 {
			return false
		}
		if !m.e.dropsDeclaration(s) && !m.e.gone(s) {
			return several
		}
		last, several = s, true
	}
	return false
}

var heading = regexp.MustCompile(`:\s*$|^\s*\w+[a-rt-z]s\s*$`)

// closingComments is where the comments end that close a block behind its last
// statement, on lines of their own, which control does not come to any more.
func (m *emitter) closingComments(s ast.Stmt, end int) int {
	b, ok := m.e.x.parent(s).(*ast.BlockStmt)
	if !ok || b.List[len(b.List)-1] != s {
		return end
	}
	rest := m.f.src[end:m.off(b.Rbrace)]
	if line, _, _ := bytes.Cut(rest, []byte("\n")); len(bytes.TrimSpace(line)) > 0 {
		return end
	}
	return m.tailEnd(s, end)
}

// siblings are the entries of a literal, the fields of a struct, or the specifications
// of a declaration.
func siblings(list ast.Node) []ast.Node {
	switch l := list.(type) {
	case *ast.CompositeLit:
		return toNodes(l.Elts)
	case *ast.FieldList:
		return toNodes(l.List)
	case *ast.GenDecl:
		return toNodes(l.Specs)
	}
	return nil
}

// entryNames are the names by which a comment may speak of an entry of a list.
func entryNames(n ast.Node) []string {
	var out []string
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		switch k := ast.Unparen(n.Key).(type) {
		case *ast.Ident:
			out = append(out, k.Name)
		case *ast.SelectorExpr:
			out = append(out, k.Sel.Name)
		}
	case *ast.Field:
		for _, id := range n.Names {
			out = append(out, id.Name)
		}
	case *ast.ValueSpec:
		for _, id := range n.Names {
			out = append(out, id.Name)
		}
	}
	return out
}

// declaredNext reports whether what a declaration that goes declares is declared
// by the statement that follows now: var r T; if f { r = a() } has become r := a().
func (e *engine) declaredNext(n ast.Node) bool {
	var next *ast.AssignStmt
	for _, x := range e.declaredBy(n) {
		id, ok := x.(*ast.Ident)
		if !ok || e.moved[id.Pos()] == nil || next != nil && e.moved[id.Pos()] != next {
			return false
		}
		next = e.moved[id.Pos()]
	}
	if next == nil {
		return false
	}
	stmt := n
	if p, ok := e.x.parent(n).(*ast.DeclStmt); ok {
		stmt = p
	}
	list, _, _ := e.listAround(stmt)
	for _, s := range list {
		if s.Pos() <= stmt.Pos() {
			continue
		}
		if s.Pos() <= next.Pos() && next.End() <= s.End() {
			return true
		}
		if d := e.dec[s]; !e.dropsDeclaration(s) && (d == nil || d.op != opDrop) {
			return false
		}
	}
	return false
}

// dropsDeclaration reports whether a statement is a declaration that goes.
func (e *engine) dropsDeclaration(s ast.Stmt) bool {
	ds, ok := s.(*ast.DeclStmt)
	if !ok {
		return false
	}
	var at ast.Node = ds.Decl
	if g := ds.Decl.(*ast.GenDecl); len(g.Specs) == 1 {
		at = g.Specs[0]
	}
	d := e.dec[at]
	return d != nil && d.op == opDrop
}

// declaredBy are the variables that a declaration or an assignment gives values.
func (e *engine) declaredBy(n ast.Node) []ast.Expr {
	var ids []ast.Expr
	switch n := n.(type) {
	case *ast.GenDecl:
		for _, s := range n.Specs {
			if s, ok := s.(*ast.ValueSpec); ok {
				names, _ := assignParts(s)
				ids = append(ids, names...)
			}
		}
	case *ast.AssignStmt:
		ids = n.Lhs
	}
	return ids
}

// ownComments returns where the part of a group of comments begins that stands
// at the same depth as the syntax below it: what stands deeper ends a case above.
func (m *emitter) ownComments(g *ast.CommentGroup, n ast.Node) token.Pos {
	column := func(p token.Pos) int { return m.f.tok.Position(p).Column }
	at := g.End()
	for _, c := range slices.Backward(g.List) {
		if column(c.Pos()) > column(n.Pos()) {
			break
		}
		at = c.Pos()
	}
	return at
}

// rawText is the text of comments, directives to linters included.
func rawText(g *ast.CommentGroup) string {
	var b strings.Builder
	for _, c := range g.List {
		b.WriteString(c.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// isDirective reports whether a comment group instructs a tool.
func isDirective(g *ast.CommentGroup) bool {
	for _, c := range g.List {
		if strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "//line ") || strings.HasPrefix(c.Text, "// +build") {
			return true
		}
	}
	return false
}

var flagWords = regexp.MustCompile(`(?i)\b(feature[- ]?(flag|gate|toggle|switch)|behind (a|the|its) (flag|gate|toggle)|(flag|gate|toggle) is (on|off|enabled|disabled|set))`)

// speaksOfFlag reports whether a comment names one of the flags, by its key or
// by the constant or variable that stands for it, in any spelling, or speaks of
// a feature flag in so many words.
func (e *engine) speaksOfFlag(text string) bool {
	if flagWords.MatchString(text) {
		return true
	}
	flat := flatten(text)
	for _, name := range e.flagNames() {
		if strings.Contains(flat, name) {
			return true
		}
	}
	return false
}

// flagNames are the spellings by which comments name the flags, flattened.
func (e *engine) flagNames() []string {
	if e.names != nil {
		return e.names
	}
	seen := map[string]bool{}
	add := func(s string) {
		if f := flatten(s); len(f) >= 4 && !seen[f] {
			seen[f] = true
			e.names = append(e.names, f)
		}
	}
	for k := range e.targets {
		add(k)
	}
	for _, r := range e.refs {
		if r.KeyObject != nil {
			add(r.KeyObject.Name())
		}
	}
	return e.names
}

// flatten lowers a text and keeps letters and digits only.
func flatten(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 127:
			return r
		}
		return -1
	}, s)
}
