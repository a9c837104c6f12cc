package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
)

// This file makes the fixes that fold a condition whose value is known. They
// leave out what never runs and refuse, by returning nil, where the result might
// not compile or might do something else. They drop no variable, so a fix that
// would leave one unused is refused, but they do drop an import.

const foldMessage = "Fold the condition"

// span is a part of a file that a fix takes away.
type span struct{ from, to token.Pos }

func (s span) holds(n ast.Node) bool { return s.from <= n.Pos() && n.End() <= s.to }

// foldCondition returns the fix that makes use of the value of a condition: of
// what it is part of no more remains than is still undecided.
func (p *pass) foldCondition(test ast.Expr, value bool) *nodeFix {
	file := p.file(test.Pos())
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, test.Pos(), test.End())
	i := slices.IndexFunc(path, func(n ast.Node) bool { return n == ast.Node(test) })
	if i < 0 {
		return nil
	}
	for cur := ast.Node(test); i+1 < len(path); i++ {
		switch parent := path[i+1].(type) {
		case *ast.ParenExpr:
		case *ast.UnaryExpr:
			if parent.Op != token.NOT {
				return p.literal(cur.(ast.Expr), value)
			}
			value = !value
		case *ast.BinaryExpr:
			if parent.Op != token.LAND && parent.Op != token.LOR {
				return p.literal(cur.(ast.Expr), value)
			}
			if neutral := parent.Op == token.LAND; value == neutral {
				return p.dropOperand(parent, cur)
			}
			if cur == ast.Node(parent.Y) && !p.harmless(parent.X) {
				return nil
			}
		case *ast.IfStmt:
			if cur != ast.Node(parent.Cond) {
				return nil
			}
			return p.foldIfIn(path[i+1:], parent, value)
		case *ast.ForStmt, *ast.CaseClause:
			return nil
		default:
			return p.literal(cur.(ast.Expr), value)
		}
		cur = path[i+1]
	}
	return nil
}

// dropOperand leaves the other operand: a && true, a || false.
func (p *pass) dropOperand(b *ast.BinaryExpr, operand ast.Node) *nodeFix {
	gone := span{b.Pos(), b.Y.Pos()}
	if operand == ast.Node(b.Y) {
		gone = span{b.X.End(), b.End()}
	}
	return p.fix([]span{gone}, nil)
}

// literal replaces a plain bool expression by its value.
func (p *pass) literal(x ast.Expr, value bool) *nodeFix {
	if t := p.TypesInfo.TypeOf(x); t == nil || !types.Identical(t, types.Typ[types.Bool]) {
		return nil
	}
	return p.fix([]span{{x.Pos(), x.End()}}, []analysis.TextEdit{
		{Pos: x.Pos(), End: x.End(), NewText: []byte(strconv.FormatBool(value))},
	})
}

// harmless reports whether leaving out an expression changes nothing: it names
// variables and constants only.
func (p *pass) harmless(x ast.Expr) bool {
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.IndexExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.FuncLit:
			ok = false
		case *ast.SelectorExpr:
			s := p.TypesInfo.Selections[n]
			ok = ok && (s == nil || !s.Indirect()) // no nil dereference goes
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.BinaryExpr:
			ok = ok && n.Op != token.QUO && n.Op != token.REM
		}
		return ok
	})
	return ok
}

// foldIf returns the fix that keeps one arm of an if statement.
func (p *pass) foldIf(s *ast.IfStmt, value bool) *nodeFix {
	file := p.file(s.Pos())
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, s.Pos(), s.End())
	i := slices.IndexFunc(path, func(n ast.Node) bool { return n == ast.Node(s) })
	if i < 0 {
		return nil
	}
	return p.foldIfIn(path[i:], s, value)
}

// foldIfIn is foldIf for a statement that is the first of path.
func (p *pass) foldIfIn(path []ast.Node, s *ast.IfStmt, value bool) *nodeFix {
	if s.Init != nil || len(path) < 2 {
		return nil
	}
	var kept ast.Stmt = s.Body
	if !value {
		kept = s.Else
	}
	if outer, ok := path[1].(*ast.IfStmt); ok && outer.Else == ast.Stmt(s) {
		if kept == nil {
			return p.fix([]span{{outer.Body.End(), s.End()}}, nil)
		}
		return p.fix([]span{{s.Pos(), kept.Pos()}, {kept.End(), s.End()}}, nil)
	}
	var list []ast.Stmt
	switch parent := path[1].(type) {
	case *ast.BlockStmt:
		list = parent.List
	case *ast.CaseClause:
		list = parent.Body
	case *ast.CommClause:
		list = parent.Body
	default:
		return nil
	}
	at := slices.Index(list, ast.Stmt(s))
	if at < 0 {
		return nil
	}
	block, isBlock := kept.(*ast.BlockStmt)
	switch {
	case kept == nil || isBlock && len(block.List) == 0 && !p.commented(block):
		return p.fix([]span{p.wholeLines(path[1], list, at)}, nil)
	case !isBlock: // else if
		return p.fix([]span{{s.Pos(), kept.Pos()}}, nil)
	case at < len(list)-1 && terminates(block.List):
		return nil // what follows would be unreachable
	case !p.splices(block, path):
		return p.fix([]span{{s.Pos(), block.Pos()}, {block.End(), s.End()}}, nil)
	}
	from, to := p.inside(block)
	return p.fix([]span{{s.Pos(), from}, {to, s.End()}}, nil)
}

// terminates reports whether statements end by leaving the list.
func terminates(stmts []ast.Stmt) bool {
	if len(stmts) == 0 {
		return false
	}
	switch s := stmts[len(stmts)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.BlockStmt:
		return terminates(s.List)
	case *ast.IfStmt:
		return s.Else != nil && terminates(s.Body.List) && terminates([]ast.Stmt{s.Else})
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	case *ast.ForStmt, *ast.SwitchStmt, *ast.SelectStmt, *ast.LabeledStmt, *ast.TypeSwitchStmt:
		return true // perhaps, which is enough to refuse
	}
	return false
}

// splices reports whether the statements of a block can stand in the list around
// it: none of the names that they declare means anything there.
func (p *pass) splices(block *ast.BlockStmt, path []ast.Node) bool {
	inner := p.TypesInfo.Scopes[block]
	if inner == nil || inner.Len() == 0 {
		return !slices.ContainsFunc(block.List, func(s ast.Stmt) bool { _, ok := s.(*ast.LabeledStmt); return ok })
	}
	for _, name := range inner.Names() {
		if name == "_" {
			continue
		}
		if _, obj := inner.Parent().LookupParent(name, token.NoPos); obj != nil {
			return false
		}
	}
	return true
}

// inside is the part of a block between its braces that holds statements and
// comments.
func (p *pass) inside(block *ast.BlockStmt) (from, to token.Pos) {
	from, to = block.List[0].Pos(), block.List[len(block.List)-1].End()
	for _, g := range p.file(block.Pos()).Comments {
		if block.Lbrace < g.Pos() && g.End() <= block.Rbrace {
			from, to = min(from, g.Pos()), max(to, g.End())
		}
	}
	return from, to
}

func (p *pass) commented(block *ast.BlockStmt) bool {
	return slices.ContainsFunc(p.file(block.Pos()).Comments, func(g *ast.CommentGroup) bool {
		return block.Pos() < g.Pos() && g.End() < block.End()
	})
}

// wholeLines is the span of a statement, with its lines where nothing else is on
// them, so that no empty line remains.
func (p *pass) wholeLines(parent ast.Node, list []ast.Stmt, at int) span {
	s := list[at]
	tf := p.Fset.File(s.Pos())
	first, last := tf.Line(s.Pos()), tf.Line(s.End())
	before := parent.Pos()
	if c, ok := parent.(*ast.CaseClause); ok {
		before = c.Colon
	} else if c, ok := parent.(*ast.CommClause); ok {
		before = c.Colon
	}
	if at > 0 {
		before = list[at-1].End()
	}
	alone := tf.Line(before) < first && last < tf.LineCount()
	if at+1 < len(list) {
		alone = alone && tf.Line(list[at+1].Pos()) > last
	} else if b, ok := parent.(*ast.BlockStmt); ok {
		alone = alone && tf.Line(b.Rbrace) > last
	}
	for _, g := range p.file(s.Pos()).Comments {
		if g.Pos() >= s.End() && tf.Line(g.Pos()) == last || g.End() <= s.Pos() && tf.Line(g.End()) == first {
			alone = false
		}
	}
	if !alone {
		return span{s.Pos(), s.End()}
	}
	return span{tf.LineStart(first), tf.LineStart(last + 1)}
}

// fix returns the fix that takes spans away (and makes other edits, which lie
// within them), or nil where the file would not compile without them.
func (p *pass) fix(gone []span, edits []analysis.TextEdit) *nodeFix {
	gone = slices.DeleteFunc(gone, func(s span) bool { return s.from >= s.to })
	if edits == nil {
		for _, s := range gone {
			edits = append(edits, analysis.TextEdit{Pos: s.from, End: s.to})
		}
	}
	if len(edits) == 0 {
		return nil
	}
	// A fix must be right alone, and together with the others of this rule: some
	// drivers apply all of them, and none of a file where two overlap.
	for _, s := range gone {
		if slices.ContainsFunc(p.gone, func(o span) bool { return s.from < o.to && o.from < s.to }) {
			return nil
		}
	}
	file := p.file(gone[0].from)
	imports, ok := p.lost(file, gone)
	if !ok {
		return nil
	}
	all := append(slices.Clone(p.gone), gone...)
	if together, ok := p.lost(file, all); !ok || len(together) != len(imports)+p.lostImports[file] {
		return nil
	}
	for _, spec := range imports {
		edits = append(edits, p.deleteImport(file, spec))
	}
	p.gone = all
	if p.lostImports == nil {
		p.lostImports = map[*ast.File]int{}
	}
	p.lostImports[file] += len(imports)
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	return &nodeFix{message: foldMessage, safety: Safe, edits: edits}
}

// lost tells what a file loses with some of its parts: the imports that nothing
// names any more. It returns false where a variable or a label would be left
// unused.
func (p *pass) lost(file *ast.File, gone []span) (imports []*ast.ImportSpec, ok bool) {
	within := func(n ast.Node) bool {
		return slices.ContainsFunc(gone, func(s span) bool { return s.holds(n) })
	}
	used := map[types.Object]bool{}    // by what remains
	dropped := map[types.Object]bool{} // uses that go
	assigned := assignedIdents(file)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			obj := p.TypesInfo.Uses[n]
			if obj == nil {
				return true
			}
			switch obj.(type) {
			case *types.Var, *types.PkgName, *types.Label:
				if within(n) {
					dropped[obj] = true
				} else if !assigned[n] {
					used[obj] = true
				}
			}
		}
		return true
	})
	for obj := range dropped {
		if used[obj] {
			continue
		}
		switch obj := obj.(type) {
		case *types.PkgName:
			for _, spec := range file.Imports {
				if p.TypesInfo.Implicits[spec] == obj || spec.Name != nil && p.TypesInfo.Defs[spec.Name] == obj {
					imports = append(imports, spec)
				}
			}
		case *types.Label:
			if !slices.ContainsFunc(gone, func(s span) bool { return s.from <= obj.Pos() && obj.Pos() < s.to }) {
				return nil, false
			}
		case *types.Var:
			declaredWithin := slices.ContainsFunc(gone, func(s span) bool { return s.from <= obj.Pos() && obj.Pos() < s.to })
			if !declaredWithin && p.mustBeUsed(obj) {
				return nil, false
			}
		}
	}
	slices.SortFunc(imports, func(a, b *ast.ImportSpec) int { return int(a.Pos() - b.Pos()) })
	return imports, true
}

// assignedIdents are the identifiers that are assigned to, which is no use.
func assignedIdents(file *ast.File) map[*ast.Ident]bool {
	m := map[*ast.Ident]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			for _, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok {
					m[id] = true
				}
			}
		}
		return true
	})
	return m
}

// mustBeUsed reports whether a variable is one that the compiler wants used: a
// local that is no parameter or result.
func (p *pass) mustBeUsed(v *types.Var) bool {
	return v.Kind() == types.LocalVar
}

// deleteImport takes an import away with its line.
func (p *pass) deleteImport(file *ast.File, spec *ast.ImportSpec) analysis.TextEdit {
	tf := p.Fset.File(spec.Pos())
	from, to := spec.Pos(), spec.End()
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && !g.Lparen.IsValid() && g.Specs[0] == ast.Spec(spec) {
			from = g.Pos()
		}
	}
	if spec.Comment != nil {
		to = spec.Comment.End()
	}
	if line := tf.Line(to); line < tf.LineCount() && tf.Line(from) == line {
		return analysis.TextEdit{Pos: tf.LineStart(line), End: tf.LineStart(line + 1)}
	}
	return analysis.TextEdit{Pos: from, End: to}
}
