package removal

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// testPlan is what becomes of the tests in one round. It is made anew from the
// facts of the rounds before, and what it decides only grows with them.
type testPlan struct {
	e     *engine
	sites []*site
	// gone are the statements, elements, fields and declarations that go.
	gone map[ast.Node]bool
	// loops run over the states of a flag, and keep one.
	loops map[*ast.RangeStmt]bool
	// args are calls that lose some arguments, text is what takes a node's place.
	args map[*ast.CallExpr][]bool
	text map[ast.Node]string
	keep map[ast.Expr]ast.Expr
	// succeed are calls of setters: their errors are nil.
	succeed map[*ast.CallExpr]bool
	consts  map[objID]*value
	// states are the arguments of helpers that say what the flag is set to.
	states map[ast.Node]bool
	spares []*spare
	// frames are statements of subtests that their bodies take the place of.
	frames map[*ast.ExprStmt]*ast.FuncLit
	// empty are literals that lost their last element and hold their place.
	empty map[*ast.CompositeLit]bool
	// columns are the fields of tables that go, names which of each declaration;
	// tables, carries, compared and asked are what was asked before.
	columns  map[objID]bool
	names    map[*ast.Field][]bool
	tables   map[*ast.StructType]*table
	carries  map[*types.Var]bool
	compared map[*types.Var]bool
	// held are the package variables that hold a flag's value and that only tests write, with its key.
	held  map[objID]string
	asked map[*types.Package]map[string]bool
}

// spare is a test, subtest or row that had the dead state and stays for want of
// evidence.
type spare struct {
	key  string
	pos  token.Pos
	ids  []TestID
	text string // why it is told
}

// site is one place in the tests that sets a flag.
type site struct {
	ref *flagref.Reference
	key string
	// node is what goes: the call, assignment, entry or element.
	node ast.Node
	// stmt is the statement that the set-up is, nil for entries and elements.
	stmt ast.Node
	// value is the expression that is set; c what it is, when constant.
	value ast.Expr
	c     constant.Value
	// variants: value is the name of one of these.
	variants map[string]constant.Value
	// through turns value into what the helper that is called takes it for.
	through func(constant.Value) constant.Value
	scope   *scope
	fn      bool // a function that asks for the flag is overwritten
	// column is that of a table whose rows list what a fake has on, one of which the site is in.
	column *types.Var
}

// meaning is what the flag is set to where the value of a site is c.
func (s *site) meaning(c constant.Value) constant.Value {
	if s.through != nil {
		return s.through(c)
	}
	if s.variants == nil || c == nil || c.Kind() != constant.String {
		return c
	}
	return s.variants[constant.StringVal(c)]
}

// constSet is the constant that a site sets the flag to, nil when it is none.
func (p *testPlan) constSet(s *site) constant.Value {
	if s.c != nil {
		return s.c
	}
	return s.meaning(p.source(s.value).c)
}

// followTests decides what becomes of the tests: set-up of the flags goes, tests
// of the dead state go where there is evidence that they are that, and what only
// carried the flag's state goes with it.
func (e *engine) followTests() {
	p := &testPlan{
		e: e, gone: map[ast.Node]bool{}, loops: map[*ast.RangeStmt]bool{}, args: map[*ast.CallExpr][]bool{},
		text: map[ast.Node]string{}, keep: map[ast.Expr]ast.Expr{}, succeed: map[*ast.CallExpr]bool{}, consts: map[objID]*value{},
		states: map[ast.Node]bool{},
		frames: map[*ast.ExprStmt]*ast.FuncLit{}, columns: map[objID]bool{}, names: map[*ast.Field][]bool{},
		empty:  map[*ast.CompositeLit]bool{},
		tables: map[*ast.StructType]*table{}, carries: map[*types.Var]bool{}, compared: map[*types.Var]bool{}, held: map[objID]string{},
		asked: map[*types.Package]map[string]bool{},
	}
	e.tests = p
	if e.opts.Local {
		return
	}
	for n := range e.emptyTests {
		p.gone[n] = true
	}
	p.findSites()
	p.findMocks()
	p.dropSetUp()
	p.followLoops()
	p.followColumns()
	p.followScopes()
	p.dropEmpty()
	p.apply()
}

// apply turns the plan into decisions.
func (p *testPlan) apply() {
	e := p.e
	for n := range p.gone {
		e.reach(n)
		e.dec[n] = &decision{op: opDrop}
		if fd, ok := n.(*ast.FuncDecl); ok && !e.dead[fd.Name.Pos()] {
			e.dead[fd.Name.Pos()] = true
			e.followed = true
		}
	}
	for f, drop := range p.names {
		e.reach(f)
		if slices.Contains(drop, false) {
			e.dec[f] = &decision{op: opFields, drop: drop}
		} else {
			e.dec[f] = &decision{op: opDrop}
		}
	}
	for c, drop := range p.args {
		if d := e.dec[c]; d == nil {
			e.dec[c] = &decision{op: opArgs, drop: drop}
		} else if d.op == opArgs {
			for i := range drop {
				d.drop[i] = d.drop[i] || drop[i]
			}
		}
	}
	for n, t := range p.text {
		e.dec[n] = &decision{op: opText, text: t}
	}
	for x, k := range p.keep {
		e.dec[x] = &decision{op: opKeep, keep: k}
	}
	for oid, v := range p.consts {
		if e.objConst[oid] == nil {
			e.objConst[oid] = v
			e.reachUses(oid)
			e.followed = true
		}
	}
	advice := "look at what it expects, or run with --run-tests"
	if e.opts.Oracle != nil {
		advice = "running it told nothing; look at what it expects"
	}
	for _, s := range p.spares {
		e.tell(Residue{
			Flag: s.key, Pos: e.x.position(s.pos), Reason: "dead-state-test",
			Message: s.text + "; " + advice,
		})
	}
}

// decided reports whether what becomes of a node follows from the tests alone.
func (p *testPlan) decided(n ast.Node) bool {
	if p == nil {
		return false
	}
	if p.gone[n] || p.text[n] != "" {
		return true
	}
	if c, ok := n.(*ast.CallExpr); ok && p.keep[c] != nil {
		return true
	}
	return false
}

// fixes reports whether a column, a loop's variable or a parameter of a test goes,
// so that what it is now must take its place.
func (p *testPlan) fixes(o types.Object) bool {
	return p != nil && o != nil && p.consts[idOf(o)] != nil
}

// goes reports whether n, or syntax around it, goes.
func (p *testPlan) goes(n ast.Node) bool {
	for ; n != nil; n = p.e.x.parent(n) {
		if p.gone[n] {
			return true
		}
	}
	return false
}

// staysAsked reports whether a file keeps its set-up of a flag: an evaluation of it stays
// in its package, or in one that this imports, directly or not.
func (p *testPlan) staysAsked(f *file, key string) bool {
	return len(p.e.refused) > 0 && slices.ContainsFunc(f.views, func(v *Package) bool { return v.Types != nil && p.asks(v.Types)[key] })
}

// asks are the flags whose evaluations stay in a package and in what it imports.
func (p *testPlan) asks(pkg *types.Package) map[string]bool {
	if keys, ok := p.asked[pkg]; ok {
		return keys
	}
	keys := map[string]bool{}
	p.asked[pkg] = keys
	for x := range p.e.refused {
		f := p.e.x.fileAt(x.Pos())
		for _, v := range f.views {
			if v.Types == nil || v.Types != pkg && (f.test || v.Types.Path() != pkg.Path()) {
				continue
			}
			for _, r := range p.e.refs {
				if r.Node == ast.Node(x) {
					keys[r.Key] = true
				}
			}
		}
	}
	for _, imp := range pkg.Imports() {
		maps.Copy(keys, p.asks(imp))
	}
	return keys
}

// findSites collects where tests set the flags. Where an evaluation of a flag
// stays, the tests of what may come to it keep their set-up.
func (p *testPlan) findSites() {
	e := p.e
	type id struct{ node, key ast.Node }
	seen := map[id]bool{}
	for _, r := range e.refs {
		f := e.x.fileAt(r.Node.Pos())
		if r.Kind == flagref.Mention {
			r = e.indexed(r)
		}
		if r.Kind != flagref.Override || !f.editable() || e.keepsTests(r.Node) {
			continue
		}
		if p.staysAsked(f, r.Key) {
			continue
		}
		k := id{r.Node, r.KeyNode}
		if seen[k] {
			continue
		}
		seen[k] = true
		p.addSite(r)
	}
	p.findFields()
	p.findFuncs()
	p.findVars()
	p.findParams()
	slices.SortStableFunc(p.sites, func(a, b *site) int { return cmp.Compare(a.node.Pos(), b.node.Pos()) })
}

// indexed is a mention of a flag's key as the index of an element that a test gives
// a constant, settings[key] = true: the test sets the flag in a map of settings.
func (e *engine) indexed(r *flagref.Reference) *flagref.Reference {
	x, ok := r.Node.(ast.Expr)
	if !ok || !e.x.fileAt(x.Pos()).test {
		return r
	}
	ix, ok := e.x.parent(x).(*ast.IndexExpr)
	if !ok || ix.Index != x {
		return r
	}
	a, ok := e.x.parent(ix).(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || a.Lhs[0] != ast.Expr(ix) || len(a.Rhs) != 1 || len(e.effectsOf(ix.X)) > 0 {
		return r
	}
	c, v := e.constantOf(a.Rhs[0]), goConstant(e.targets[r.Key])
	if c == nil || v == nil || c.Kind() != v.Kind() {
		return r
	}
	o := *r
	o.Kind, o.Node, o.KeyNode, o.SetNode, o.Set = flagref.Override, a, x, a.Rhs[0], c
	return &o
}

// addSite normalises one reference: an entry or element of a literal goes by
// itself, a call or assignment with its statement.
func (p *testPlan) addSite(r *flagref.Reference) {
	e := p.e
	s := &site{ref: r, key: r.Key, node: r.Node, value: r.SetNode, c: r.Set}
	if call, ok := r.Node.(*ast.CallExpr); ok && p.setsEnvironment(call) && !e.x.fileAt(call.Pos()).test {
		return // a program that this one starts may read it
	}
	if x, ok := r.KeyNode.(ast.Expr); ok && p.pairsElsewhere(s, x) {
		p.pairsInColumn(s, x) // else it is told as what still sets the flag
		return
	}
	if x, ok := r.KeyNode.(ast.Expr); ok && p.inPairs(s, x) {
		s.scope = p.scopeOf(r.Node)
		p.sites = append(p.sites, s)
		return
	}
	if x, ok := r.KeyNode.(ast.Expr); ok && (r.KeyNode != r.Node || isElement(e.x.parent(x))) {
		switch q := e.x.parent(x).(type) {
		case *ast.KeyValueExpr:
			if lit, ok := e.x.parent(q).(*ast.CompositeLit); ok && q.Key == x {
				if _, isMap := under(e.x.typeOf(lit)).(*types.Map); isMap {
					s.node, s.value = q, q.Value
					if s.c = e.constantOf(q.Value); s.c == nil && r.Node == ast.Node(q) {
						s.c = r.Set
					}
					if n := r.SetNode; r.SetVariants != nil && n != nil && q.Value.Pos() <= n.Pos() && n.End() <= q.Value.End() {
						s.value, s.variants = n, r.SetVariants
					}
				}
			}
		case *ast.CompositeLit:
			kv, entry := r.Node.(*ast.KeyValueExpr)
			if _, stmt := r.Node.(ast.Stmt); len(q.Elts) == 1 && (stmt || entry && kv.Value == ast.Expr(q)) {
				s.value = nil // the list holds nothing else
				break
			}
			s.node, s.value, s.c = x, nil, r.Set
			if s.c == nil {
				s.c = constant.MakeBool(true)
			}
		case *ast.CallExpr:
			if p.variadicElement(q, x) {
				s.node, s.value = x, nil
			}
		}
	}
	if r.Shape.Multi && s.node == r.Node {
		return // other flags are set there too
	}
	switch n := s.node.(type) {
	case *ast.CallExpr:
		if len(r.Via) > 0 && !p.setsOnly(n, r) {
			s.stmt = nil // the helper does more than that: its call stays
			s.node = nil
		} else {
			s.stmt = p.setUpStmt(n)
		}
		if s.value == nil || s.value.Pos() < n.Pos() || s.value.End() > n.End() {
			s.value = p.valueArg(n, r)
		}
	case *ast.AssignStmt:
		s.stmt = n
	}
	if s.node == nil {
		s.node = r.Node
		if call, ok := r.Node.(*ast.CallExpr); ok && s.value == nil {
			s.value = p.valueArg(call, r)
		}
	}
	s.scope = p.scopeOf(r.Node)
	if s.node != r.Node {
		s.scope = p.scopeOf(s.node)
	}
	p.sites = append(p.sites, s)
}

// isElement reports whether a key in n is an element of a list.
func isElement(n ast.Node) bool {
	switch n.(type) {
	case *ast.CompositeLit, *ast.CallExpr:
		return true
	}
	return false
}

// setsEnvironment reports whether a call sets a variable of the environment of
// the process.
func (p *testPlan) setsEnvironment(call *ast.CallExpr) bool {
	fn := p.e.x.callee(call)
	return fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "os" || fn.Pkg().Path() == "syscall")
}

// variadicElement reports whether x is one of several keys that a call takes.
func (p *testPlan) variadicElement(call *ast.CallExpr, x ast.Expr) bool {
	if p.e.builtinCall(call) == "append" {
		return len(call.Args) > 2
	}
	sig, ok := under(p.e.x.typeOf(call.Fun)).(*types.Signature)
	if !ok || !sig.Variadic() || call.Ellipsis.IsValid() {
		return false
	}
	i := slices.Index(call.Args, x)
	return i >= sig.Params().Len()-1 && len(call.Args) > sig.Params().Len()
}

// valueArg is the argument of a setter's call that gives the value: one that
// reads a column, a loop's variable or a parameter.
func (p *testPlan) valueArg(call *ast.CallExpr, r *flagref.Reference) ast.Expr {
	var found ast.Expr
	for _, a := range call.Args {
		if ast.Node(a) == r.KeyNode {
			continue
		}
		if src := p.source(a); src.obj != nil {
			found = a
		}
	}
	return found
}

// keepsTests reports whether verification showed that the tests around a node
// must stay as they are.
func (e *engine) keepsTests(n ast.Node) bool {
	name := e.x.fileAt(n.Pos()).name
	return e.keepTests[name] || e.keepTests[name+"#"+e.funcName(n)]
}

// giveUpTests leaves the tests of a function as they are, or else those of its
// file. It reports whether that is something new.
func (e *engine) giveUpTests(name, fn string) bool {
	if !strings.HasSuffix(name, "_test.go") {
		return false
	}
	for _, k := range []string{name + "#" + fn, name} {
		if !e.keepTests[k] {
			e.keepTests[k] = true
			return true
		}
	}
	return false
}

// findFields adds the fields of a flag struct that literals in tests set.
func (p *testPlan) findFields() {
	e := p.e
	seen := map[objID]bool{}
	for _, r := range e.refs {
		v, ok := r.KeyObject.(*types.Var)
		if !ok || !v.IsField() || seen[idOf(v)] {
			continue
		}
		seen[idOf(v)] = true
		for _, id := range p.usesOf(v) {
			kv, ok := e.x.parent(id).(*ast.KeyValueExpr)
			f := e.x.fileAt(id.Pos())
			if !ok || kv.Key != ast.Expr(id) || !f.editable() || e.keepsTests(kv) || !f.test {
				continue
			}
			if slices.ContainsFunc(p.sites, func(s *site) bool { return s.node == ast.Node(kv) }) {
				continue
			}
			e.reach(kv)
			p.sites = append(p.sites, &site{
				ref: r, key: r.Key, node: kv, value: kv.Value, c: e.constantOf(kv.Value), scope: p.scopeOf(kv),
			})
		}
	}
}

// usesOf returns the uses of a field, also of one that is declared outside of
// the program.
func (p *testPlan) usesOf(v *types.Var) []*ast.Ident {
	if ids := p.e.x.usesOf(idOf(v)); len(ids) > 0 {
		return ids
	}
	var out []*ast.Ident
	for _, f := range p.e.x.files {
		if !f.test {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == v.Name() {
				for _, view := range f.views {
					if o, ok := view.Info.Uses[id].(*types.Var); ok && o.IsField() && o.Pos() == v.Pos() {
						out = append(out, id)
						return true
					}
				}
			}
			return true
		})
	}
	return out
}

// constantOf is the constant that an expression is, nil when it is none.
func (e *engine) constantOf(x ast.Expr) constant.Value {
	if info := e.x.infoFor(x); info != nil && x != nil {
		return info.Types[x].Value
	}
	return nil
}

// state tells how a value that a test sets relates to the one that stays.
type state int

const (
	stateUnknown state = iota
	stateKept
	stateDead
)

// stateOf compares what a test sets with the value of the flag. Environment
// variables are set as text.
func (p *testPlan) stateOf(key string, c constant.Value) state {
	v := goConstant(p.e.targets[key])
	if c == nil || v == nil {
		return stateUnknown
	}
	if c.Kind() != v.Kind() && c.Kind() == constant.String {
		text := constant.StringVal(c)
		switch v.Kind() {
		case constant.Bool:
			b, ok := boolText(text)
			if !ok {
				return stateUnknown
			}
			c = constant.MakeBool(b)
		case constant.Int, constant.Float:
			c = constant.MakeFromLiteral(text, token.FLOAT, 0)
			if c.Kind() == constant.Unknown {
				return stateUnknown
			}
		}
	}
	if c.Kind() != v.Kind() && !(numeric(c) && numeric(v)) {
		return stateUnknown
	}
	if constant.Compare(c, token.EQL, v) {
		return stateKept
	}
	return stateDead
}

// boolText reads a bool as settings spell it.
func boolText(s string) (b, ok bool) {
	switch s {
	case "on", "yes", "enabled":
		return true, true
	case "", "off", "no", "disabled":
		return false, true
	}
	b, err := strconv.ParseBool(s)
	return b, err == nil
}
