package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// learnResults finds results that the removal made constant and that can go out of
// the signatures: every call of the function is known and takes the result into
// nothing that is still read, and every return can leave it out. Functions that
// return one another's results lose them together. It is asked when nothing else
// changes, since what a call does with a result is known only then. It reports
// whether there are new ones.
func (e *engine) learnResults() bool {
	cand := map[objID]map[int]bool{}
	for oid, vals := range e.fnConst {
		fd, ok := e.x.decl(oid).(*ast.FuncDecl)
		if !ok || !e.live(fd) || !e.signatureIsOurs(fd) || len(e.liveUses(oid)) == 0 {
			continue
		}
		for i, v := range vals {
			if v == nil || e.results[oid][i] || e.resultNamed(fd, i) {
				continue
			}
			if cand[oid] == nil {
				cand[oid] = maps.Clone(e.results[oid])
				if cand[oid] == nil {
					cand[oid] = map[int]bool{}
				}
			}
			cand[oid][i] = true
		}
	}
	for oid, gone := range e.results {
		if cand[oid] == nil {
			cand[oid] = gone
		}
	}
	for e.thinResults(cand, true) {
	}
	changed := false
	for oid, gone := range cand {
		if len(gone) == len(e.results[oid]) {
			continue
		}
		e.results[oid] = maps.Clone(gone)
		e.reach(e.x.decl(oid))
		e.reachUses(oid)
		changed = true
	}
	return changed
}

// giveBackResults takes results back that turn out to be needed where a test calls
// the function: what a test does with one is known only when it is gone. It reports
// whether there were any.
func (e *engine) giveBackResults() bool {
	left := map[objID]map[int]bool{}
	for oid, gone := range e.results {
		left[oid] = maps.Clone(gone)
	}
	for e.thinResults(left, false) {
	}
	any := false
	for oid, gone := range e.results {
		if len(left[oid]) < len(gone) {
			e.keepResults[oid] = true
			any = true
		}
	}
	return any
}

// thinResults takes the results out of gone that a call or a return of one of the
// functions needs. It reports whether there were any.
func (e *engine) thinResults(gone map[objID]map[int]bool, lenient bool) bool {
	changed := false
	for oid, set := range gone {
		fd := e.x.decl(oid).(*ast.FuncDecl)
		for i := range set {
			if e.keepResults[oid] || !e.returnsWithout(fd, i, gone) || slices.ContainsFunc(e.x.usesOf(oid), func(id *ast.Ident) bool {
				return e.live(id) && !e.callWithout(e.callOf(id), i, gone, lenient)
			}) {
				delete(set, i)
				changed = true
			}
		}
		if len(set) == 0 {
			delete(gone, oid)
		}
	}
	return changed
}

// signatureIsOurs reports whether a function's signature is known to its calls
// alone, all of which may be edited: no interface, no function value, no other
// module has it.
func (e *engine) signatureIsOurs(fd *ast.FuncDecl) bool {
	oid := fd.Name.Pos()
	fn, _ := e.x.objs[oid].(*types.Func)
	u := e.graph.unitOf(oid)
	if u == nil || fn == nil || fd.Body == nil || e.pinned[oid] || e.keepResults[oid] || !e.x.fileAt(oid).editable() || hasDirective(fd.Doc) || e.dynamic(fn) {
		return false
	}
	if ast.IsExported(fd.Name.Name) && !e.graph.internal(u) && !e.opts.Unsafe {
		return false
	}
	// By name, where no interface of the program shows it.
	if fd.Recv != nil && ast.IsExported(fd.Name.Name) && (e.graph.templates || askedMethods[fd.Name.Name]) {
		return false
	}
	return !slices.ContainsFunc(e.x.usesOf(oid), func(id *ast.Ident) bool {
		return e.live(id) && (len(e.x.objectsAt(id)) != 1 || e.callOf(id) == nil || !e.x.fileAt(id.Pos()).editable())
	})
}

// askedMethods are methods that the standard library asks values for by interfaces
// that it declares within functions.
var askedMethods = map[string]bool{
	"Unwrap": true, "Is": true, "As": true, "Timeout": true, "Temporary": true,
	"FlushError": true, "EnableFullDuplex": true, "SetReadDeadline": true, "SetWriteDeadline": true,
}

// resultNamed reports whether a result has a name that is used.
func (e *engine) resultNamed(fd *ast.FuncDecl, i int) bool {
	id := resultName(fd.Type, i)
	return id != nil && len(e.liveUses(id.Pos())) > 0
}

func resultName(t *ast.FuncType, i int) *ast.Ident {
	for _, f := range t.Results.List {
		if n := max(1, len(f.Names)); i >= n {
			i -= n
		} else if len(f.Names) > 0 {
			return f.Names[i]
		} else {
			return nil
		}
	}
	return nil
}

// returnsWithout reports whether every return of a function can leave its i-th
// result out.
func (e *engine) returnsWithout(fd *ast.FuncDecl, i int, gone map[objID]map[int]bool) bool {
	n := fd.Type.Results.NumFields()
	ok := true
	ast.Inspect(fd.Body, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			switch {
			case !e.live(m):
			case len(m.Results) == n:
				effects := e.effectsOf(m.Results[i])
				ok = ok && (len(effects) == 0 || e.inList(m) && !slices.ContainsFunc(m.Results, func(x ast.Expr) bool {
					return x != m.Results[i] && len(e.effectsOf(x)) > 0
				}))
			case len(m.Results) == 1: // the results of a call
				c, isCall := ast.Unparen(m.Results[0]).(*ast.CallExpr)
				fn := (*types.Func)(nil)
				if isCall {
					fn = e.x.callee(c)
				}
				ok = ok && fn != nil && maps.Equal(gone[idOf(fn)], gone[fd.Name.Pos()])
			default:
				ok = false
			}
		}
		return ok
	})
	return ok
}

// callWithout reports whether nothing needs the i-th result of a call. What a test
// does with it may be settled when it is gone, so that lenient answers yes where
// that is possible.
func (e *engine) callWithout(c *ast.CallExpr, i int, gone map[objID]map[int]bool, lenient bool) bool {
	if c == nil {
		return false
	}
	if e.hoisted[c] != nil { // it is a statement now
		return true
	}
	lenient = lenient && e.x.fileAt(c.Pos()).test
	switch p := e.x.parent(c).(type) {
	case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
		return true
	case *ast.AssignStmt:
		if len(p.Rhs) != 1 || p.Tok != token.ASSIGN && p.Tok != token.DEFINE || i >= len(p.Lhs) {
			return false
		}
		id, ok := p.Lhs[i].(*ast.Ident)
		if !ok {
			return false
		}
		return id.Name == "_" || e.isDeadVar(id) || !e.sharedAt(id, p) && (lenient || !e.mayBeRead(id, p))
	case *ast.ReturnStmt:
		if len(p.Results) != 1 || enclosingLit(e.x, p) != nil {
			return false
		}
		fd, ok := e.topDecl(p).(*ast.FuncDecl)
		if !ok {
			return false
		}
		n := fd.Type.Results.NumFields()
		return gone[fd.Name.Pos()][i] && (n == 1 || maps.Equal(gone[fd.Name.Pos()], gone[idOf(e.x.callee(c))]))
	case *ast.CallExpr:
		_, isStmt := e.x.parent(p).(*ast.ExprStmt)
		return lenient && isStmt && e.assertionOf(p) != assertsNone
	}
	return false
}

// resultsGone tells which results a call loses; nil when it loses none.
func (e *engine) resultsGone(x ast.Expr) map[int]bool {
	c, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil
	}
	fn := e.x.callee(c)
	if fn == nil {
		return nil
	}
	return e.results[idOf(fn)]
}

// dropResults decides the signatures of functions that lose results. Their returns
// and calls are settled after the walk.
func (e *engine) dropResults() {
	for oid, gone := range e.results {
		e.dropFrom(e.x.decl(oid).(*ast.FuncDecl).Type.Results, gone)
	}
}

// settleReturns decides the returns of functions that lose results.
func (e *engine) settleReturns() {
	for oid, gone := range e.results {
		fd := e.x.decl(oid).(*ast.FuncDecl)
		if !e.live(fd) {
			continue
		}
		n := fd.Type.Results.NumFields()
		ast.Inspect(fd.Body, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				if e.live(m) {
					e.settleReturn(fd, m, gone, n)
				}
			}
			return true
		})
	}
}

func (e *engine) settleReturn(fd *ast.FuncDecl, s *ast.ReturnStmt, gone map[int]bool, n int) {
	if len(s.Results) < n && len(gone) < n {
		return // the call that it returns loses the same
	}
	d := &decision{op: opResults, drop: make([]bool, len(s.Results)), hoist: slices.Clone(e.walkHoistOf(s))}
	for i, x := range s.Results {
		if d.drop[i] = gone[i] || len(s.Results) < n; d.drop[i] {
			for _, h := range e.effectsOf(x) {
				if !slices.Contains(d.hoist, h) {
					d.hoist = append(d.hoist, h)
				}
			}
		}
	}
	if len(gone) == n && e.endsBody(s, fd) {
		d = &decision{op: opDrop, hoist: d.hoist}
	}
	e.dec[s] = d
	for _, h := range d.hoist {
		e.hoisted[h] = s
	}
}

// endsBody reports whether a statement is the last of a function's body, or of what
// takes the place of the last.
func (e *engine) endsBody(s ast.Stmt, fd *ast.FuncDecl) bool {
	for {
		list, _, around := e.listAround(s)
		var last ast.Stmt
		for _, t := range list {
			if !e.gone(t) {
				last = t
			}
		}
		if last != s {
			return false
		}
		if e.x.parent(s) == ast.Node(fd.Body) {
			return true
		}
		if around == nil {
			return false
		}
		s = around
	}
}

// settleLost decides an assignment of a call that loses results.
func (e *engine) settleLost(s ast.Node, lhs []ast.Expr, call ast.Expr, gone map[int]bool, define bool) *decision {
	d := &decision{op: opAssign, lhs: make([]lhsAction, len(lhs)), dropR: []bool{false}, define: define}
	kept := false
	for i, l := range lhs {
		id, ok := ast.Unparen(l).(*ast.Ident)
		switch {
		case gone[i]:
			d.lhs[i] = lhsDrop
			if ok && id.Name != "_" && !e.isDeadVar(l) && e.declaresHere(id, s) && !e.moveDeclaration(id, s) {
				d.declare = append(d.declare, id)
			}
		case e.isDeadVar(l) || e.overridden(l, s):
			d.lhs[i] = lhsBlank
		case !ok || id.Name != "_":
			kept = true
		}
	}
	if kept {
		return d
	}
	effects := e.effectsOf(call)
	if len(d.declare) == 0 && (len(effects) == 0 || e.inList(s)) {
		return &decision{op: opDrop, hoist: effects}
	}
	for i := range d.lhs {
		d.lhs[i] = lhsDrop
	}
	return d
}

// returnStmt renders a return that loses results.
func (m *emitter) returnStmt(s *ast.ReturnStmt, d *decision, out *[]edit) {
	if len(d.hoist) > 0 {
		at := m.off(s.Pos())
		*out = append(*out, edit{start: at, end: at, text: m.hoistText(d.hoist) + "\n"})
	}
	if !slices.Contains(d.drop, false) {
		*out = append(*out, edit{start: m.off(s.Pos()) + len("return"), end: m.off(s.End())})
		return
	}
	m.listItems(toNodes(s.Results), d.drop, m.off(s.Results[0].Pos()), m.off(s.End()), out)
}
