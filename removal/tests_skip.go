package removal

import (
	"go/ast"
	"go/token"
)

// findSkipped returns the tests and subtests that skip themselves in any case now: they
// ran in the dead state alone.
func (p *testPlan) findSkipped() []ast.Node {
	e := p.e
	var out []ast.Node
	for n, d := range e.prev {
		s, ok := n.(*ast.IfStmt)
		if !ok || d.op != opSplice || d.init != nil || len(d.hoist) > 0 || !p.skips(d.body) || !e.x.fileAt(s.Pos()).test {
			continue
		}
		b, ok := e.x.parent(s).(*ast.BlockStmt)
		if !ok || !p.leads(b.List, s) {
			continue
		}
		switch q := e.x.parent(b).(type) {
		case *ast.FuncDecl:
			if e.isTestFunc(q) {
				out = append(out, q)
			}
		case *ast.FuncLit:
			// What skips before each test of a container is none.
			if call, ok := e.x.parent(q).(*ast.CallExpr); ok {
				if fn := e.x.callee(call); fn != nil && fn.Pkg() != nil {
					if _, named := p.subtestName(call, fn); named {
						out = append(out, p.emptyClosure(q)...)
					}
				}
			}
		}
	}
	return out
}

// skips reports whether statements skip the test after calls at most, of a logger for one.
func (p *testPlan) skips(list []ast.Stmt) bool {
	for _, s := range list {
		call := callStmt(s)
		if call == nil {
			return false
		}
		if fn := p.e.x.callee(call); fn != nil && fn.Pkg() != nil && isTestingPkg(fn.Pkg().Path()) {
			switch fn.Name() {
			case "Skip", "Skipf", "SkipNow":
				return true
			}
		}
	}
	return false
}

// leads reports whether nothing but what prepares a test stands before a statement of
// its body.
func (p *testPlan) leads(list []ast.Stmt, s ast.Stmt) bool {
	for _, b := range list {
		if b == s {
			return true
		}
		switch b := b.(type) {
		case *ast.DeclStmt:
			continue
		case *ast.AssignStmt:
			if b.Tok == token.DEFINE {
				continue
			}
		}
		if !p.gone[b] && !p.prepares(b) && !p.folded(b) {
			return false
		}
	}
	return false
}
