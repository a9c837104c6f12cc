package removal

import (
	"go/ast"
	"slices"
	"strings"
)

// dropEmpty drops what lost all of its statements: branches, loops, deferred and
// clean-up closures, subtests, tests. So do those that are skipped in any case.
func (p *testPlan) dropEmpty() {
	for _, n := range p.findSkipped() {
		p.gone[n] = true
		p.e.emptyTests[n] = true // as below
	}
	var folded []ast.Node // what the round before dropped in tests
	for n, d := range p.e.prev {
		if s, ok := n.(ast.Stmt); ok && leavesNothing(d) && p.e.x.fileAt(s.Pos()).test {
			folded = append(folded, n)
		}
	}
	for {
		before := len(p.gone)
		nodes := folded
		for n := range p.gone {
			if _, ok := n.(ast.Stmt); ok {
				nodes = append(nodes, n)
			}
		}
		for _, n := range nodes {
			if b, ok := p.e.x.parent(n).(*ast.BlockStmt); ok && p.isEmpty(b) {
				for _, q := range p.emptyBlock(b) {
					p.gone[q] = true
					if slices.ContainsFunc(b.List, p.folded) {
						p.e.emptyTests[q] = true // the next round does not walk it
					}
				}
			}
		}
		if len(p.gone) == before {
			return
		}
	}
}

// isEmpty reports whether no statement of a block is left, but such as prepare a
// test for running.
func (p *testPlan) isEmpty(b *ast.BlockStmt) bool {
	return !slices.ContainsFunc(b.List, func(s ast.Stmt) bool { return !p.gone[s] && !p.prepares(s) && !p.folded(s) })
}

// folded reports whether the round before dropped a statement for good.
func (p *testPlan) folded(s ast.Stmt) bool {
	return leavesNothing(p.e.prev[s])
}

// leavesNothing reports whether a decision on a statement deletes it without a
// trace.
func leavesNothing(d *decision) bool {
	return d != nil && len(d.hoist) == 0 && (d.op == opDrop || d.op == opSplice && d.init == nil && len(d.body) == 0)
}

// prepares reports whether a statement only tells the test runner something.
func (p *testPlan) prepares(s ast.Stmt) bool {
	call := callStmt(s)
	if call == nil || len(call.Args) > 0 {
		return false
	}
	fn := p.e.x.callee(call)
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "testing" && (fn.Name() == "Parallel" || fn.Name() == "Helper")
}

// emptyBlock returns what goes because a block is empty now: the statement around
// it, the test, the calls of the helper.
func (p *testPlan) emptyBlock(b *ast.BlockStmt) []ast.Node {
	e := p.e
	switch q := e.x.parent(b).(type) {
	case *ast.IfStmt:
		if els, ok := q.Else.(*ast.BlockStmt); ok && !(p.isEmpty(els) && p.isEmpty(q.Body)) {
			return nil
		}
		if _, chained := q.Else.(*ast.IfStmt); chained || q.Init != nil || len(e.effectsOf(q.Cond)) > 0 {
			return nil
		}
		if _, inList := e.x.parent(q).(*ast.IfStmt); inList {
			return nil
		}
		return []ast.Node{q}
	case *ast.RangeStmt:
		if len(e.effectsOf(q.X)) == 0 {
			return []ast.Node{q}
		}
	case *ast.BlockStmt:
		return []ast.Node{b}
	case *ast.FuncLit:
		return p.emptyClosure(q)
	case *ast.FuncDecl:
		f := e.x.fileAt(q.Pos())
		if f.test && (isTestName(q.Name.Name) || q.Recv != nil && isSuiteHook(q.Name.Name)) {
			return []ast.Node{q}
		} else if f.test {
			return p.emptyHelper(q)
		}
	}
	return nil
}

// emptyHelper returns the calls of a helper that does nothing any more.
func (p *testPlan) emptyHelper(fd *ast.FuncDecl) []ast.Node {
	if fd.Type.Results != nil || fd.Recv != nil {
		return nil
	}
	var out []ast.Node
	for _, id := range p.e.x.usesOf(fd.Name.Pos()) {
		call := p.e.callOf(id)
		if call == nil {
			continue
		}
		switch s := p.e.x.parent(call).(type) {
		case *ast.ExprStmt, *ast.DeferStmt:
			out = append(out, s)
		}
	}
	return out
}

// isSuiteHook reports whether a method of a test suite is optional.
func isSuiteHook(name string) bool {
	switch name {
	case "SetupTest", "TearDownTest", "SetupSuite", "TearDownSuite", "SetupSubTest", "TearDownSubTest":
		return true
	}
	return false
}

// emptyClosure returns the statement around a closure that does nothing any more.
func (p *testPlan) emptyClosure(lit *ast.FuncLit) []ast.Node {
	e := p.e
	if r, ok := e.x.parent(lit).(*ast.ReturnStmt); ok && len(r.Results) == 1 {
		return p.emptyRestorer(r)
	}
	call, ok := e.x.parent(lit).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if call.Fun != ast.Expr(lit) {
		fn := e.x.callee(call)
		if fn == nil || fn.Pkg() == nil || !isTestingPkg(fn.Pkg().Path()) {
			return nil
		}
	}
	switch s := e.x.parent(call).(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return []ast.Node{s}
	}
	return nil
}

// emptyRestorer returns the statements that run a function which only returns one that
// does nothing any more: defer set(true)(), or t.Cleanup(set(true)).
func (p *testPlan) emptyRestorer(r *ast.ReturnStmt) []ast.Node {
	e := p.e
	b, ok := e.x.parent(r).(*ast.BlockStmt)
	if !ok || slices.ContainsFunc(b.List, func(s ast.Stmt) bool {
		return s != ast.Stmt(r) && !p.gone[s] && !p.prepares(s) && !p.folded(s)
	}) {
		return nil
	}
	var calls []*ast.CallExpr
	switch q := e.x.parent(b).(type) {
	case *ast.FuncLit:
		if call, ok := e.x.parent(q).(*ast.CallExpr); ok && call.Fun == ast.Expr(q) {
			calls = append(calls, call)
		}
	case *ast.FuncDecl:
		if f := e.x.fileAt(q.Pos()); !f.test || q.Recv != nil {
			return nil
		}
		for _, id := range e.x.usesOf(q.Name.Pos()) {
			if call := e.callOf(id); call != nil {
				calls = append(calls, call)
			}
		}
	}
	var out []ast.Node
	for _, call := range calls {
		if slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return len(e.effectsOf(x)) > 0 }) {
			continue
		}
		runs, ok := e.x.parent(call).(*ast.CallExpr)
		if !ok {
			continue
		}
		if fn := e.x.callee(runs); runs.Fun != ast.Expr(call) && (fn == nil || fn.Pkg() == nil || !isTestingPkg(fn.Pkg().Path())) {
			continue
		}
		switch s := e.x.parent(runs).(type) {
		case *ast.ExprStmt, *ast.DeferStmt:
			out = append(out, s)
			e.emptyTests[s] = true // the next round does not walk it
		}
	}
	return out
}

// isTestFunc reports whether a declaration is a test, benchmark, fuzz test or
// example, or such a method of a suite.
func (e *engine) isTestFunc(fd *ast.FuncDecl) bool {
	f := e.x.fileAt(fd.Pos())
	return f != nil && f.test && isTestName(fd.Name.Name) && (fd.Recv == nil || strings.HasPrefix(fd.Name.Name, "Test"))
}
