package removal

import (
	"go/ast"
	"go/token"
)

// trimTails drops the jumps that the removal made redundant: a return that now
// ends a function without results, a continue that ends the body of its loop, a
// break that ends its clause, a goto to what follows. One that stood there before stays.
func (e *engine) trimTails() {
	for _, fd := range e.liveBodies() {
		labels := map[string]ast.Stmt{}
		ast.Inspect(fd, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.LabeledStmt:
				labels[n.Label.Name] = n.Stmt
			case *ast.FuncDecl:
				e.trimTail(n.Body.List, func(s ast.Stmt) bool { return isReturn(s) && n.Type.Results.NumFields() == 0 })
			case *ast.FuncLit:
				if e.inlined(n) == nil {
					e.trimTail(n.Body.List, func(s ast.Stmt) bool { return isReturn(s) && n.Type.Results.NumFields() == 0 })
				}
			case *ast.ForStmt:
				e.trimTail(n.Body.List, func(s ast.Stmt) bool { return isJump(s, token.CONTINUE, n, labels) })
			case *ast.RangeStmt:
				e.trimTail(n.Body.List, func(s ast.Stmt) bool { return isJump(s, token.CONTINUE, n, labels) })
			case *ast.BlockStmt:
				e.trimGotos(n.List)
			case *ast.CaseClause:
				e.trimGotos(n.Body)
				e.trimTail(n.Body, func(s ast.Stmt) bool { return isJump(s, token.BREAK, e.x.parent(e.x.parent(n)), labels) })
			case *ast.CommClause:
				e.trimGotos(n.Body)
				e.trimTail(n.Body, func(s ast.Stmt) bool { return isJump(s, token.BREAK, e.x.parent(e.x.parent(n)), labels) })
			}
			return true
		})
	}
}

// trimTail drops the last statement of a list when it is redundant, and is last
// only because of the removal.
func (e *engine) trimTail(list []ast.Stmt, redundant func(ast.Stmt) bool) {
	last := len(list) - 1
	for last >= 0 {
		if d := e.dec[list[last]]; d == nil || d.op != opDrop || len(d.hoist) > 0 {
			break
		}
		last--
	}
	if last < 0 || !e.live(list[last]) {
		return
	}
	s := list[last]
	d := e.dec[s]
	if d != nil && d.op == opSplice {
		if len(d.body) == 1 && d.body[0] == d.arm { // an else-if
			e.trimElse(d.body[0], redundant)
			return
		}
		e.trimArm(d.body, redundant)
		return
	}
	if last < len(list)-1 && redundant(s) && (d == nil || d.op == opNone && len(d.hoist) == 0) {
		e.dec[s] = &decision{op: opDrop}
	}
}

// trimElse is trimArm for an else-if that takes its if's place.
func (e *engine) trimElse(s ast.Stmt, redundant func(ast.Stmt) bool) {
	if d := e.dec[s]; d != nil && d.op == opSplice {
		e.trimArm(d.body, redundant)
	}
}

// trimArm is trimTail for a list that takes the place of a statement: its last
// statement is last because of the removal, whatever follows in the arm.
func (e *engine) trimArm(list []ast.Stmt, redundant func(ast.Stmt) bool) {
	if len(list) == 0 {
		return
	}
	s := list[len(list)-1]
	if d := e.dec[s]; redundant(s) && (d == nil || d.op == opNone && len(d.hoist) == 0) {
		e.dec[s] = &decision{op: opDrop}
		return
	}
	e.trimTail(list, redundant)
}

// trimGotos drops the jumps of a list to the statement that follows only since what stood
// between them, or the if around the jump, is gone.
func (e *engine) trimGotos(list []ast.Stmt) {
	for i, s := range list {
		l, ok := s.(*ast.LabeledStmt)
		if !ok {
			continue
		}
		before := i - 1
		for before >= 0 && e.gone(list[before]) {
			before--
		}
		if before < 0 || !e.live(list[before]) {
			continue
		}
		jump := list[before]
		if d := e.dec[jump]; d != nil && d.op == opSplice && len(d.body) > 0 {
			jump = d.body[len(d.body)-1]
		} else if before == i-1 {
			continue
		}
		b, ok := jump.(*ast.BranchStmt)
		if !ok || b.Tok != token.GOTO || b.Label.Name != l.Label.Name {
			continue
		}
		if d := e.dec[b]; d == nil || d.op == opNone && len(d.hoist) == 0 {
			e.dec[b] = &decision{op: opDrop}
		}
	}
}

func isReturn(s ast.Stmt) bool {
	r, ok := s.(*ast.ReturnStmt)
	return ok && len(r.Results) == 0
}

// isJump reports whether s is a break or continue that binds to the statement.
func isJump(s ast.Stmt, tok token.Token, to ast.Node, labels map[string]ast.Stmt) bool {
	b, ok := s.(*ast.BranchStmt)
	return ok && b.Tok == tok && (b.Label == nil || ast.Node(labels[b.Label.Name]) == to)
}
