package removal

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// suiteRun is a test that runs a suite: suite.Run(t, new(BannerSuite)).
type suiteRun struct {
	test  *ast.FuncDecl
	suite types.Type // what is run, mostly a pointer to a struct
}

// suiteRuns are the tests of the program that run suites of testify.
func (e *engine) suiteRuns() []suiteRun {
	if e.suites != nil {
		return e.suites
	}
	e.suites = []suiteRun{}
	for _, f := range e.x.files {
		if !f.test {
			continue
		}
		for _, d := range f.ast.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Body == nil || !e.isTestFunc(fd) {
				continue
			}
			ast.Inspect(fd.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) != 2 {
					return true
				}
				fn := e.x.callee(call)
				if fn != nil && fn.Name() == "Run" && fn.Pkg() != nil && fn.Pkg().Path() == "github.com/stretchr/testify/suite" && fn.Signature().Recv() == nil {
					e.suites = append(e.suites, suiteRun{fd, e.x.typeOf(call.Args[1])})
				}
				return true
			})
		}
	}
	return e.suites
}

// has reports whether a method is one of the suite's, its own or of what it embeds.
func (r suiteRun) has(m types.Object) bool {
	found, _, _ := types.LookupFieldOrMethod(r.suite, true, m.Pkg(), m.Name())
	return found != nil && idOf(found) == idOf(m)
}

// suitesOf are the tests that run a method of a suite.
func (e *engine) suitesOf(fd *ast.FuncDecl) []suiteRun {
	m := e.x.objs[fd.Name.Pos()]
	if fd.Recv == nil || m == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.suiteRuns()), func(r suiteRun) bool { return !r.has(m) })
}

// followFixture decides the tests that a function which is no test sets the dead state for:
// those of a suite, before which it runs. The flag's set-up goes from it in any case.
func (p *testPlan) followFixture(s *site, sites map[ast.Node][]*site) {
	e := p.e
	fd := s.scope.fn
	switch {
	case fd.Recv != nil && isSuiteHook(fd.Name.Name) && !strings.HasPrefix(fd.Name.Name, "TearDown"):
	case len(p.callsOf(fd)) > 0:
		return // its callers decide
	default:
		p.undecided(s, s.node, nil, func() {}) // init, or a function that is handed on
		return
	}
	seen := map[*ast.FuncDecl]bool{}
	for _, run := range e.suitesOf(fd) {
		for m := range types.NewMethodSet(run.suite).Methods() {
			test, ok := e.x.decl(idOf(m.Obj())).(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(test.Name.Name, "Test") || seen[test] || !e.x.fileAt(test.Pos()).test {
				continue
			}
			seen[test] = true
			if len(sites[test]) > 0 || p.goes(test) {
				continue // it sets the flag itself
			}
			p.followFixtureOf(s, test)
		}
	}
}

// followFixtureOf decides one test that a fixture sets the dead state for.
func (p *testPlan) followFixtureOf(s *site, test *ast.FuncDecl) {
	names := []string{test.Name.Name}
	if p.namesState(s.key, p.constSet(s), names, true) || p.e.contradicted[test.Body] != nil {
		p.gone[test] = true
		return
	}
	p.unsettled(&spare{
		key: s.key, pos: test.Pos(), ids: p.testIDs(test, names),
		text: s.scope.fn.Name.Name + " set the flag to " + quoteState(p.constSet(s)) + " for this test; nothing tells whether it is about that: it stays, without the set-up",
	}, func() { p.gone[test] = true })
}
