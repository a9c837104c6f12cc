package removal

import (
	"go/ast"
	"go/types"
	"strings"
)

// hasTwin reports whether another test, or subtest of the same test, does the
// same as the scope but for the flag: what it expects may differ.
func (p *testPlan) hasTwin(sc *scope) bool {
	e := p.e
	own, calls := p.body(sc.body)
	if calls == 0 {
		return false
	}
	twin := false
	same := func(b *ast.BlockStmt) {
		if b == nil || b == sc.body || p.goes(b) {
			return
		}
		if text, _ := p.body(b); text == own {
			twin = true
		}
	}
	switch n := sc.node.(type) {
	case *ast.FuncDecl:
		f := e.x.fileAt(n.Pos())
		for _, d := range f.ast.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if ok && fd != n && e.isTestFunc(fd) && !p.setsDead(fd) {
				same(fd.Body)
			}
		}
	case *ast.ExprStmt:
		list, _ := e.listOf(n)
		for _, s := range list {
			es, ok := s.(*ast.ExprStmt)
			if !ok || s == ast.Stmt(n) || p.setsDead(es) {
				continue
			}
			call, ok := es.X.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				continue
			}
			fn := e.x.callee(call)
			if fn == nil || fn.Pkg() == nil {
				continue
			}
			if _, lit := p.runsClosure(es); lit != nil && fn == e.x.callee(n.X.(*ast.CallExpr)) {
				same(lit.Body)
				continue
			}
			if _, ok := p.subtestName(call, fn); !ok {
				continue
			}
			if lit, ok := call.Args[len(call.Args)-1].(*ast.FuncLit); ok {
				same(lit.Body)
			}
		}
	}
	return twin
}

// setsDead reports whether a test sets the dead state itself.
func (p *testPlan) setsDead(n ast.Node) bool {
	for _, s := range p.sites {
		if s.scope.node == n && !s.scope.teardown && p.stateOf(s.key, s.c) == stateDead {
			return true
		}
	}
	return false
}

// body renders what a test does, the set-up of the flags and what it expects left
// out, and counts the calls in it. Of an assertion, the calls of what is tested
// count.
func (p *testPlan) body(b *ast.BlockStmt) (string, int) {
	var parts []string
	calls := 0
	count := func(n ast.Node) {
		ast.Inspect(n, func(m ast.Node) bool {
			if c, ok := m.(*ast.CallExpr); ok && p.isTested(c) {
				calls++
			}
			return true
		})
	}
	list := func(stmts []ast.Stmt) {
		for _, s := range stmts {
			if p.gone[s] || p.prepares(s) {
				continue
			}
			if !p.isAssertion(s) {
				parts = append(parts, p.tokens(s))
				count(s)
				continue
			}
			ast.Inspect(s, func(m ast.Node) bool {
				c, ok := m.(*ast.CallExpr)
				if ok && p.isTested(c) && !p.isChecker(c) {
					parts = append(parts, "tested: "+p.tokens(c))
					calls++
					return false
				}
				if ok && p.isChecker(c) {
					for _, a := range c.Args {
						if p.e.constantOf(a) == nil {
							parts = append(parts, p.tokens(a))
							count(a)
						}
					}
					return false
				}
				return true
			})
		}
	}
	list(b.List)
	return strings.Join(parts, "\n"), calls
}

// isChecker reports whether a call is of a helper that compares what a call among
// its arguments gives: check(t, Total(1), 2).
func (p *testPlan) isChecker(c *ast.CallExpr) bool {
	fn := p.e.x.callee(c)
	if fn == nil || !p.isTestObject(fn) || len(c.Args) < 2 {
		return false
	}
	ptr, ok := p.e.x.typeOf(c.Args[0]).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := ptr.Elem().(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "testing" {
		return false
	}
	found := false
	for _, a := range c.Args[1:] {
		ast.Inspect(a, func(n ast.Node) bool {
			if in, ok := n.(*ast.CallExpr); ok && p.isTested(in) {
				found = true
			}
			return !found
		})
	}
	return found
}

// isTested reports whether a call is of the code under test, as far as a call of
// neither a testing package nor the standard library is.
func (p *testPlan) isTested(c *ast.CallExpr) bool {
	fn := p.e.x.callee(c)
	if fn == nil || fn.Pkg() == nil {
		return fn == nil && !p.e.isConversion(c)
	}
	if fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "errors" {
		return false
	}
	return !isTestingPkg(fn.Pkg().Path())
}

// isAssertion reports whether a statement does nothing but check: a call of a
// testing package, or an if whose body only calls those.
func (p *testPlan) isAssertion(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn := p.e.x.callee(call)
		if p.isChecker(call) {
			return true
		}
		if fn == nil || fn.Pkg() == nil || !isTestingPkg(fn.Pkg().Path()) {
			return false
		}
		_, sub := p.subtestName(call, fn)
		return !sub
	case *ast.IfStmt:
		if s.Else != nil {
			return false
		}
		for _, t := range s.Body.List {
			if !p.isAssertion(t) {
				return false
			}
		}
		return true
	}
	return false
}
