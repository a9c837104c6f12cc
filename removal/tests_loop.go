package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// followLoops decides loops over the states of a flag and helpers that take the
// state: the one that stays is a constant from now on.
func (p *testPlan) followLoops() {
	for i := 0; i < len(p.sites); i++ { // following a helper adds the sites of its calls
		s := p.sites[i]
		if s.value != nil && s.c == nil {
			src := p.source(s.value)
			switch {
			case src.loop != nil:
				p.followLoop(s, src)
			case src.param != nil:
				p.followParam(s, src)
				p.followEntries(s, src)
			}
			continue
		}
		if s.scope.helper && !s.scope.teardown && s.scope.fn != nil && p.stateOf(s.key, s.c) != stateUnknown {
			p.followHelper(s)
		}
	}
}

// followHelper hands what a helper sets the flag to on to its callers.
func (p *testPlan) followHelper(s *site) {
	if r := p.rowOf(s.node); r != nil {
		return
	}
	for _, call := range p.callsOf(s.scope.fn) {
		p.addCall(&site{ref: s.ref, key: s.key, node: call, c: s.c})
	}
}

// callsOf returns the calls of a helper in tests.
func (p *testPlan) callsOf(fd *ast.FuncDecl) []*ast.CallExpr {
	var out []*ast.CallExpr
	for _, id := range p.e.x.usesOf(fd.Name.Pos()) {
		if call := p.e.callOf(id); call != nil && p.e.x.fileAt(call.Pos()).test {
			out = append(out, call)
		}
	}
	return out
}

// addCall adds a call that sets the flag within, and itself stays.
func (p *testPlan) addCall(s *site) {
	if slices.ContainsFunc(p.sites, func(o *site) bool { return o.node == s.node && o.key == s.key }) || len(p.sites) > maxSites {
		return
	}
	s.scope = p.scopeOf(s.node)
	p.closureCall(s)
	p.e.reach(s.node)
	p.sites = append(p.sites, s)
	if s.value != nil {
		p.states[s.value] = true
	}
}

// closureCall makes the call of a helper that sets the flag a scope of its own, where it runs what
// it is given: with(t, false, func() { … }) is like a subtest.
func (p *testPlan) closureCall(s *site) {
	stmt, lit := p.runsClosure(p.e.x.parent(s.node))
	if lit == nil || s.scope.node == nil || len(s.scope.guards) > 0 || s.scope.partial || len(s.scope.loops) > 0 || s.scope.helper {
		return
	}
	s.scope.node, s.scope.body = stmt, lit.Body
}

// runsClosure returns a statement and the closure that the call which it is gives a helper of the
// tests last, after its state.
func (p *testPlan) runsClosure(n ast.Node) (*ast.ExprStmt, *ast.FuncLit) {
	stmt, ok := n.(*ast.ExprStmt)
	if !ok {
		return nil, nil
	}
	call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return nil, nil
	}
	lit, ok := call.Args[len(call.Args)-1].(*ast.FuncLit)
	fn := p.e.x.callee(call)
	if !ok || fn == nil || !p.isTestObject(fn) {
		return nil, nil
	}
	return stmt, lit
}

// maxSites bounds how far helpers of helpers are followed.
const maxSites = 100_000

// followLoop keeps one round of a loop over the states of a flag.
func (p *testPlan) followLoop(s *site, src source) {
	e := p.e
	lit := p.stateList(src.loop.X)
	if lit == nil || p.consts[idOf(src.obj)] != nil || p.feedsOthers(src.obj, s) {
		return
	}
	id := e.identAt(idOf(src.obj))
	isValue := src.loop.Value == ast.Expr(id)
	if !isValue && src.loop.Key != ast.Expr(id) {
		return
	}
	var kept constant.Value
	var drop []ast.Node
	for _, el := range lit.Elts {
		x := el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if x = kv.Value; !isValue {
				x = kv.Key
			}
		}
		c := e.constantOf(x)
		if c == nil {
			return
		}
		if p.stateOf(s.key, s.meaning(src.given(c))) == stateKept && kept == nil {
			kept = c
		} else {
			drop = append(drop, el)
		}
	}
	if kept == nil || len(drop) == 0 {
		return
	}
	p.consts[idOf(src.obj)] = &value{c: kept, flag: true}
	e.reach(src.loop)
	_, isMap := under(e.x.typeOf(lit)).(*types.Map)
	if !isMap && len(drop)+1 == len(lit.Elts) && !p.bindsJump(src.loop.Body) && (src.loop.Key == nil || isBlank(src.loop.Key)) {
		p.loops[src.loop] = true
	} else {
		for _, d := range drop {
			p.gone[d] = true
		}
	}
	p.simplifyNames(src.loop.Body, s.key, func(x ast.Expr) bool {
		a := p.source(x)
		return a.obj != nil && idOf(a.obj) == idOf(src.obj) && !a.deref
	})
}

func isBlank(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

// stateList returns the literal that a loop runs over: itself, or what a local
// that nothing else reads holds.
func (p *testPlan) stateList(x ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident:
		v, ok := p.e.x.objectAt(x).(*types.Var)
		if !ok || len(p.e.x.usesOf(idOf(v))) != 1 {
			return nil
		}
		decl := p.e.identAt(idOf(v))
		if decl == nil {
			return nil
		}
		if a, ok := p.e.x.parent(decl).(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			lit, _ := ast.Unparen(a.Rhs[0]).(*ast.CompositeLit)
			return lit
		}
		if spec, ok := p.e.x.parent(decl).(*ast.ValueSpec); ok && len(spec.Names) == 1 && len(spec.Values) == 1 && p.isTestObject(v) {
			lit, _ := ast.Unparen(spec.Values[0]).(*ast.CompositeLit)
			return lit
		}
	}
	return nil
}

// feedsOthers reports whether a variable also sets another flag.
func (p *testPlan) feedsOthers(v *types.Var, s *site) bool {
	e := p.e
	for _, id := range e.x.usesOf(idOf(v)) {
		for _, view := range e.x.fileAt(id.Pos()).views {
			if view.Refs == nil {
				continue
			}
			for _, r := range view.Refs.References {
				if r.Kind == "override" && r.Key != s.key && r.Node.Pos() <= id.Pos() && id.Pos() < r.Node.End() {
					return true
				}
			}
		}
	}
	return false
}

// bindsJump reports whether a loop's body has a break or continue that binds to
// the loop, or any jump with a label, that the round before did not drop.
func (p *testPlan) bindsJump(b *ast.BlockStmt) bool {
	found := false
	var visit func(n ast.Node, loop, sw bool)
	visit = func(n ast.Node, loop, sw bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == n {
				return true
			}
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				visit(m, true, true)
				return false
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				visit(m, loop, true)
				return false
			case *ast.BranchStmt:
				if m.Label != nil || m.Tok == token.CONTINUE && !loop || m.Tok == token.BREAK && !sw {
					p.e.asOfLastRound(func() { found = found || p.e.live(m) })
				}
			}
			return true
		})
	}
	visit(b, false, false)
	return found
}

// followParam makes the parameter of a test helper, that it sets the flag to, the
// value that stays.
func (p *testPlan) followParam(s *site, src source) {
	e := p.e
	fd, ok := src.param.(*ast.FuncDecl)
	if !ok || s.scope.fn != fd || e.isTestFunc(fd) {
		return
	}
	if i := paramIndex(fd.Type, idOf(src.obj)); i >= 0 && !s.scope.teardown && len(s.scope.guards) == 0 {
		for _, call := range p.callsOf(fd) {
			if i < len(call.Args) && !call.Ellipsis.IsValid() {
				in := &site{ref: s.ref, key: s.key, node: call, value: call.Args[i], variants: s.variants}
				in.through = func(c constant.Value) constant.Value { return s.meaning(src.given(c)) }
				in.c = in.meaning(p.source(in.value).c)
				p.addCall(in)
			}
		}
	}
	if p.feedsOthers(src.obj, s) {
		return
	}
	for _, id := range e.x.usesOf(idOf(src.obj)) {
		if !p.goes(id) && !p.foldable(id) {
			return
		}
	}
	v := p.keptGiven(s, src)
	if v == nil {
		return
	}
	c, _, ok := fits(v, src.obj.Type())
	if !ok {
		return
	}
	p.consts[idOf(src.obj)] = &value{c: c, flag: true}
	e.reach(fd)
}

// paramIndex is the place of a parameter, -1 when it is none.
func paramIndex(typ *ast.FuncType, oid objID) int {
	i := 0
	for _, f := range typ.Params.List {
		for _, id := range f.Names {
			if id.Pos() == oid {
				return i
			}
			i++
		}
	}
	return -1
}

// keepRound replaces a loop over the states of a flag by its body.
func (w *walker) keepRound(s *ast.RangeStmt) bool {
	w.e.dec[s] = &decision{op: opSplice, arm: s.Body, body: s.Body.List}
	return w.block(s.Body)
}

// keepsRound reports whether a loop over the states of a flag becomes its body.
func (p *testPlan) keepsRound(s *ast.RangeStmt) bool { return p != nil && p.loops[s] }

// unframed returns the closure of a subtest whose body takes its place.
func (p *testPlan) unframed(s *ast.ExprStmt) *ast.FuncLit {
	if p == nil {
		return nil
	}
	return p.frames[s]
}

// keepBody replaces a subtest by its body.
func (w *walker) keepBody(s *ast.ExprStmt, lit *ast.FuncLit) bool {
	w.funcLit(lit)
	w.e.dec[s.X] = &decision{op: opKeep, keep: lit}
	w.e.dec[s] = &decision{op: opSplice, arm: s.X, body: lit.Body.List, inner: lit.Body}
	return false
}

// simplifyNames takes the flag's state out of the names of subtests that are put
// together within n.
func (p *testPlan) simplifyNames(n ast.Node, key string, isState func(ast.Expr) bool) {
	e := p.e
	ast.Inspect(n, func(m ast.Node) bool {
		call, ok := m.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := e.x.callee(call)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		name, ok := p.subtestName(call, fn)
		if !ok {
			return true
		}
		p.simplifyName(call, name, key, isState)
		return true
	})
}

// simplifyName decides the name of one subtest: without the part that tells the
// state; a subtest whose name tells nothing else loses its frame.
func (p *testPlan) simplifyName(run *ast.CallExpr, name ast.Expr, key string, isState func(ast.Expr) bool) {
	e := p.e
	call, ok := ast.Unparen(p.definition(name)).(*ast.CallExpr)
	if !ok {
		return
	}
	fn := e.x.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	if textFuncs[fn.FullName()] && fn.Name() != "Sprintf" && len(call.Args) == 1 && isState(call.Args[0]) {
		p.unframe(run, call, "")
		return
	}
	if fn.FullName() != "fmt.Sprintf" || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return
	}
	c := e.constantOf(call.Args[0])
	if c == nil || c.Kind() != constant.String {
		return
	}
	format := constant.StringVal(c)
	verbs := formatVerbs(format)
	if len(verbs) != len(call.Args)-1 {
		return
	}
	drop := make([]bool, len(call.Args))
	left := 0
	for i := len(verbs) - 1; i >= 0; i-- {
		if !isState(call.Args[i+1]) {
			left++
			continue
		}
		drop[i+1] = true
		format = cutSegment(format, verbs[i], p.flagTerms(key))
	}
	switch {
	case !slices.Contains(drop, true):
		return
	case left == 0:
		p.unframe(run, call, strings.ReplaceAll(format, "%%", "%"))
	case left == 1 && (format == "%s" || format == "%v") && p.isStringArg(call.Args[slices.Index(drop[1:], false)+1]):
		p.keep[call] = call.Args[slices.Index(drop[1:], false)+1]
	default:
		p.args[call] = drop
		p.text[call.Args[0]] = quote(format)
	}
}

// definition is the value of a local that is written once, or x itself.
func (p *testPlan) definition(x ast.Expr) ast.Expr {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return x
	}
	v, ok := p.e.x.objectAt(id).(*types.Var)
	if !ok || slices.ContainsFunc(p.e.x.usesOf(idOf(v)), func(u *ast.Ident) bool { return !p.e.x.isRead(u) }) {
		return x
	}
	decl := p.e.identAt(idOf(v))
	if decl == nil {
		return x
	}
	if a, ok := p.e.x.parent(decl).(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
		return a.Rhs[0]
	}
	return x
}

func (p *testPlan) isStringArg(x ast.Expr) bool {
	return types.Identical(p.e.x.typeOf(x), types.Typ[types.String])
}

func quote(s string) string {
	return constant.MakeString(s).ExactString()
}

// formatVerbs returns where the verbs of a format stand, nil when one is more
// than a plain one.
func formatVerbs(format string) [][2]int {
	var out [][2]int
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		j := i + 1
		for j < len(format) && strings.IndexByte("+-# 0123456789.", format[j]) >= 0 {
			j++
		}
		if j >= len(format) || format[j] == '*' || format[j] == '[' {
			return nil
		}
		if format[j] != '%' {
			out = append(out, [2]int{i, j + 1})
		}
		i = j
	}
	return out
}

// cutSegment cuts a verb out of a format together with the word that it belongs
// to, the words before that name the flag or its state, the parentheses around,
// and the separator.
func cutSegment(format string, verb [2]int, terms []flagTerm) string {
	const seps = " ,;/_"
	i, j := verb[0], verb[1]
	for i > 0 && strings.IndexByte(seps, format[i-1]) < 0 && !(i > 1 && format[i-2] == '%') {
		i--
	}
	for j < len(format) && strings.IndexByte(seps, format[j]) < 0 && format[j] != '%' {
		j++
	}
	before, after := strings.TrimRight(format[:i], seps), format[j:]
	segment := format[i:j]
	if open := strings.LastIndexAny(before, "(["); open >= 0 && strings.ContainsAny(segment, ")]") && !strings.ContainsAny(before[open:], ")]%") {
		before = strings.TrimRight(before[:open], seps) // "(gate: %v)"
	}
	for {
		cut := trailingState(before, terms, seps)
		if cut == len(before) {
			break
		}
		before = strings.TrimRight(before[:cut], seps)
	}
	if !slices.ContainsFunc(words(before), func(w string) bool { return !fillers[w] }) && !strings.Contains(before, "%") {
		return strings.TrimLeft(after, seps)
	}
	return before + after
}

// trailingState returns where the last words of a text begin that name the flag
// or say that a state follows, and the length of the text when they do not.
func trailingState(text string, terms []flagTerm, seps string) int {
	k := strings.LastIndexAny(text, seps)
	w := text[k+1:]
	bare := strings.ToLower(strings.Trim(w, ":=()[]-"))
	if w == "" || strings.Contains(w, "%") {
		return len(text)
	}
	if onWords[bare] || offWords[bare] || flagNouns[bare] || bare == "" {
		return k + 1
	}
	if fillers[bare] && k > 0 { // "the gate is %v"
		rest := strings.TrimRight(text[:k], seps)
		if cut := trailingState(rest, terms, seps); cut < len(rest) {
			return cut
		}
		return len(text)
	}
	// the flag's name, in one word or several; the longest counts
	name, cut := "", -1
	for at := len(text); at > 0 && len(name) < 64; {
		k = strings.LastIndexAny(text[:at], seps)
		name = joined(words(text[k+1:at])) + name
		if slices.ContainsFunc(terms, func(t flagTerm) bool { return t.text == name }) {
			cut = k + 1
		}
		if k < 0 {
			break
		}
		at = k
	}
	if cut >= 0 {
		return cut
	}
	if strings.HasSuffix(w, ":") || strings.HasSuffix(w, "=") {
		return len(text) - len(w)
	}
	return len(text)
}

// unframe replaces the subtest that run runs by its body, when its name says
// nothing any more and the body can stand alone; else it names it anew.
func (p *testPlan) unframe(run, name *ast.CallExpr, left string) {
	e := p.e
	st, isStmt := e.x.parent(run).(*ast.ExprStmt)
	lit, isLit := run.Args[len(run.Args)-1].(*ast.FuncLit)
	if left == "" && isStmt && isLit && p.standsAlone(run, lit) {
		p.frames[st] = lit
		return
	}
	if left == "" {
		left = "enabled"
	}
	p.text[name] = quote(left)
}

// standsAlone reports whether the body of a subtest can run in the test around
// it: it does not return early, defers nothing, is not parallel, and its t has
// the name of the outer one.
func (p *testPlan) standsAlone(run *ast.CallExpr, lit *ast.FuncLit) bool {
	sel, ok := ast.Unparen(run.Fun).(*ast.SelectorExpr)
	if !ok || hasReturn(lit.Body) || hasDefer(lit.Body) {
		return false
	}
	outer, ok := sel.X.(*ast.Ident)
	params := lit.Type.Params.List
	if !ok || len(params) != 1 || len(params[0].Names) != 1 || params[0].Names[0].Name != outer.Name {
		return false
	}
	if !types.Identical(p.e.x.typeOf(outer), p.e.x.typeOf(params[0].Type)) {
		return false
	}
	for _, s := range lit.Body.List {
		if p.prepares(s) {
			return false
		}
	}
	return true
}
