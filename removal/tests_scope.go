package removal

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// scope is the test, subtest or helper that a site sets the flag for.
type scope struct {
	// node goes when the scope is a test of the dead state: a function declaration
	// or the statement of a subtest.
	node ast.Node
	body *ast.BlockStmt
	fn   *ast.FuncDecl
	// names are the names of the tests around, outermost first.
	names  []string
	helper bool // fn is no test
	// teardown: the site runs when the test is over.
	teardown bool
	// guards are the conditions between the site and the body; partial says that
	// something else stands there (a switch, a loop that is no table).
	guards  []guard
	loops   []*ast.RangeStmt
	partial bool
}

// guard is a condition under which a site runs.
type guard struct {
	cond ast.Expr
	want bool
}

// scopeOf finds what a node of a test file belongs to.
func (p *testPlan) scopeOf(n ast.Node) *scope {
	e := p.e
	s := &scope{}
	child := n
	for q := e.x.parent(n); q != nil; child, q = q, e.x.parent(q) {
		switch q := q.(type) {
		case *ast.IfStmt:
			if s.node != nil {
				break
			}
			switch {
			case child == ast.Node(q.Body):
				s.guards = append(s.guards, guard{q.Cond, true})
			case child == ast.Node(q.Else):
				s.guards = append(s.guards, guard{q.Cond, false})
			}
		case *ast.RangeStmt:
			if child == ast.Node(q.Body) {
				s.loops = append(s.loops, q)
			}
		case *ast.ForStmt, *ast.CaseClause, *ast.CommClause:
			s.partial = s.partial || s.node == nil
		case *ast.DeferStmt:
			s.teardown = s.teardown || s.node == nil && ast.Node(q.Call) == n // not defer set()()
		case *ast.FuncLit:
			p.closureScope(s, q)
		case *ast.FuncDecl:
			s.fn = q
			if e.isTestFunc(q) {
				s.names = append(s.names, q.Name.Name)
				if s.node == nil {
					s.node, s.body = q, q.Body
				}
			} else if s.node == nil {
				s.node, s.body, s.helper = q, q.Body, true
			}
		}
	}
	slices.Reverse(s.names)
	return s
}

// closureScope looks what a closure around a site is for.
func (p *testPlan) closureScope(s *scope, lit *ast.FuncLit) {
	e := p.e
	call, ok := e.x.parent(lit).(*ast.CallExpr)
	if !ok {
		return
	}
	if call.Fun == ast.Expr(lit) {
		if _, ok := e.x.parent(call).(*ast.DeferStmt); ok && s.node == nil {
			s.teardown = true
		}
		return
	}
	fn := e.x.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	if isTeardown(fn) {
		s.teardown = s.teardown || s.node == nil
		return
	}
	name, ok := p.subtestName(call, fn)
	if !ok {
		return
	}
	c := e.constantOf(name)
	if c == nil || c.Kind() != constant.String {
		return // a name that a table gives: the row is the scope
	}
	var node ast.Node
	switch st := e.x.parent(call).(type) {
	case *ast.ExprStmt:
		node = st
	case *ast.ValueSpec: // var _ = Describe(…)
		if len(st.Names) != 1 || st.Names[0].Name != "_" {
			return
		}
		node = st
	default:
		return
	}
	s.names = append(s.names, constant.StringVal(c))
	if s.node == nil {
		s.node, s.body = node, lit.Body
	}
}

// isTeardown reports whether a function takes what runs when a test is over.
func isTeardown(fn *types.Func) bool {
	switch fn.Name() {
	case "Cleanup", "DeferCleanup", "AfterEach", "AfterAll", "AfterSuite", "JustAfterEach":
		return isTestingPkg(fn.Pkg().Path())
	}
	return false
}

// subtestName returns the argument of t.Run, of a suite's Run, or of one of
// Ginkgo's containers, that names the subtest.
func (p *testPlan) subtestName(call *ast.CallExpr, fn *types.Func) (ast.Expr, bool) {
	if len(call.Args) < 2 {
		return nil, false
	}
	path := fn.Pkg().Path()
	switch fn.Name() {
	case "Run":
		return call.Args[0], path == "testing" || strings.HasPrefix(path, "github.com/stretchr/testify/")
	case "Describe", "Context", "When", "It", "Specify", "FDescribe", "FContext", "FIt", "PDescribe", "PContext", "PIt":
		return call.Args[0], strings.HasPrefix(path, "github.com/onsi/ginkgo")
	}
	return nil, false
}

// followScopes decides the tests and subtests that set the dead state as a whole.
func (p *testPlan) followScopes() {
	byNode := map[ast.Node][]*site{}
	var order []ast.Node
	for _, s := range p.sites {
		if s.scope.teardown || !s.scope.helper && p.goes(s.scope.node) {
			continue
		}
		if s.scope.node == nil {
			p.tellUnscoped(s)
			continue
		}
		if byNode[s.scope.node] == nil {
			order = append(order, s.scope.node)
		}
		byNode[s.scope.node] = append(byNode[s.scope.node], s)
	}
	for _, n := range order {
		p.followScope(byNode[n], byNode)
	}
	p.followContradicted(byNode)
}

// followContradicted decides the tests that set no other state than the one that stays, and assert what a
// function returns no more: they relied on the state that the flag has by default. One that
// sets nothing and asserts nothing else goes, and so does one whose name says that it is about that state. One
// that asks for the flag itself may be about the flag system: only its name makes it go.
func (p *testPlan) followContradicted(sites map[ast.Node][]*site) {
	e := p.e
	for _, body := range slices.SortedFunc(maps.Keys(e.contradicted), func(a, b *ast.BlockStmt) int { return cmp.Compare(a.Pos(), b.Pos()) }) {
		v := e.contradicted[body]
		key := e.keyOf(v)
		if len(body.List) == 0 || key == "" || e.keepsTests(body) {
			continue
		}
		sc := p.scopeOf(body.List[0])
		if sc.body != body || sc.helper || p.goes(sc.node) || len(sc.loops) > 0 || slices.ContainsFunc(p.spares, func(s *spare) bool { return s.pos == sc.node.Pos() }) {
			continue
		}
		sets := len(sites[sc.node]) > 0
		on := goConstant(e.targets[key])
		named := on != nil && on.Kind() == constant.Bool && p.namesState(key, opposite(on), sc.names, true)
		if named && !sets || v.seed == nil && !sets && e.checks(body) == 1 {
			p.gone[sc.node] = true
			continue
		}
		text := "this test asserts what a function returns no more, so that it must fail"
		if v.seed != nil {
			text = "this test asks for the flag itself, and expects the other state, so that it must fail"
		}
		p.unsettled(&spare{
			key: key, pos: sc.node.Pos(), ids: p.testIDs(sc.node, sc.names),
			text: text,
		}, func() { p.gone[sc.node] = true })
	}
}

// contradictedIn reports whether a test must fail now because of what a function returns.
func (p *testPlan) contradictedIn(sc *scope) bool {
	v := p.e.contradicted[sc.body]
	return v != nil && v.seed == nil
}

// checks counts the statements of a test that can fail it, as far as that shows.
func (e *engine) checks(body *ast.BlockStmt) int {
	n := 0
	ast.Inspect(body, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.ExprStmt:
			if call, ok := m.X.(*ast.CallExpr); ok && len(call.Args) > 0 && (isTesting(e.x.typeOf(call.Args[0])) || e.assertionOf(call) != assertsNone) {
				n++
			}
		case *ast.IfStmt:
			if e.failsTest(m.Body) {
				n++
				return false
			}
		}
		return true
	})
	return n
}

// tellUnscoped tells of a site that sets the dead state for no test that is known.
func (p *testPlan) tellUnscoped(s *site) {
	if p.rowOf(s.node) == nil && p.stateOf(s.key, s.c) == stateDead {
		p.undecided(s, s.node, nil, func() {})
	}
}

// followScope decides one test, subtest or helper that sets a flag; all are the sites of the others.
func (p *testPlan) followScope(sites []*site, all map[ast.Node][]*site) {
	var dead, unknown *site
	kept, partial := false, false
	for _, s := range sites {
		if p.rowOf(s.node) != nil {
			continue // the row decides
		}
		c := s.c
		if c == nil {
			src := p.source(s.value)
			if src.restore || src.obj != nil && p.follows(src) {
				continue // what was before; or a column, a loop, a parameter
			}
			_, made := ast.Unparen(s.value).(*ast.CallExpr) // by a helper that is not followed
			if c = s.meaning(src.c); c == nil && (s.stmt != nil || s.variants != nil || made) && unknown == nil {
				unknown = s
			}
		}
		switch p.stateOf(s.key, c) {
		case stateDead:
			if p.guardedByColumn(s) {
				continue
			}
			dead = s
			partial = partial || s.scope.partial || len(s.scope.guards) > 0
		case stateKept:
			kept = true
		}
	}
	if dead == nil {
		if unknown != nil && !unknown.scope.helper {
			sc := unknown.scope
			p.undecided(unknown, sc.node, p.testIDs(sc.node, sc.names), func() {})
		}
		return
	}
	sc := dead.scope
	if sc.helper {
		p.followFixture(dead, all)
		return
	}
	if !kept && !partial && (p.speaksOfDead(dead, sc.names) || p.hasTwin(sc) || p.contradictedIn(sc)) {
		p.gone[sc.node] = true
		return
	}
	p.undecided(dead, sc.node, p.testIDs(sc.node, sc.names), func() { p.gone[sc.node] = true })
}

// follows reports whether rows, rounds or callers are asked for the value that
// comes from a source.
func (p *testPlan) follows(src source) bool {
	if p.consts[idOf(src.obj)] != nil {
		return true
	}
	if src.obj.IsField() {
		return p.tableOf(src.obj) != nil
	}
	if lit, ok := src.param.(*ast.FuncLit); ok && p.entriesOf(lit) != nil {
		return true
	}
	fd, ok := src.param.(*ast.FuncDecl)
	return ok && len(p.callsOf(fd)) > 0
}

func quoteState(c constant.Value) string {
	if c == nil {
		return "a value that only a run tells"
	}
	if c.Kind() == constant.String {
		return strconv.Quote(constant.StringVal(c))
	}
	return c.ExactString()
}
