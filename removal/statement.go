package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// block walks a block; it reports whether control cannot leave it at its end.
func (w *walker) block(b *ast.BlockStmt) bool {
	if b == nil {
		return false
	}
	return w.list(b.List, nil)
}

// callStmt is the call that a statement is, nil for any other statement.
func callStmt(s ast.Stmt) *ast.CallExpr {
	es, ok := s.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, _ := es.X.(*ast.CallExpr)
	return call
}

// list walks statements in order; behind are conditions that are false where it starts.
// What follows a statement that ends the flow only now is dropped; what was unreachable
// before stays.
func (w *walker) list(list []ast.Stmt, behind []ast.Expr) bool {
	ended := false
	for i, s := range list {
		w.next, w.behind = nil, nil
		if _, ok := s.(*ast.IfStmt); ok {
			w.next = behind
		}
		now := w.stmtAt(s, true)
		behind, w.next, w.behind = w.behind, nil, nil
		if !now {
			continue
		}
		ended = true
		if d := w.e.dec[s]; d != nil && d.op == opSplice {
			w.endHere(s)
		}
		rest := list[i+1:]
		if terminates(s) {
			// The rest was dead before, up to where a goto led: it is left as it is,
			// but still looked at.
			j := w.jumpedInto(rest, false)
			for _, r := range rest[:j] {
				w.stmtAt(r, true)
			}
			rest = rest[j:]
		}
		j := w.jumpedInto(rest, true)
		for _, r := range rest[:j] {
			if _, decl := r.(*ast.DeclStmt); !decl || j == len(rest) {
				w.e.dec[r] = &decision{op: opDrop}
			}
		}
		if j == len(rest) {
			if j > 0 {
				w.e.dec[rest[j-1]].tail = true
				w.endHere(s)
			}
			return true
		}
		w.env = map[objID]*value{}
		return w.list(rest[j:], nil)
	}
	return ended
}

// endHere makes a statement that control does not leave, and that may end a
// function now, one that Go takes for it: what was dead before behind a return in
// its blocks goes, since a list must end in its return.
func (w *walker) endHere(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		w.endList(s.List)
	case *ast.LabeledStmt:
		w.endHere(s.Stmt)
	case *ast.IfStmt:
		d := w.e.dec[s]
		if d != nil && d.op == opSplice {
			w.endList(d.body)
			return
		}
		w.endList(s.Body.List)
		if s.Else != nil {
			w.endHere(s.Else)
		}
	case *ast.ForStmt: // a dead break would leave it
		w.endList(s.Body.List)
	case *ast.SwitchStmt:
		if d := w.e.dec[s]; d != nil && d.op == opSplice {
			w.endList(d.body)
			return
		}
		w.endClauses(s.Body)
	case *ast.TypeSwitchStmt:
		w.endClauses(s.Body)
	case *ast.SelectStmt:
		w.endClauses(s.Body)
	default:
		if d := w.e.dec[s]; d != nil && d.op == opSplice {
			w.endList(d.body)
		}
	}
}

func (w *walker) endClauses(b *ast.BlockStmt) {
	for _, c := range b.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			w.endList(c.Body)
		case *ast.CommClause:
			w.endList(c.Body)
		}
	}
}

// endList is endHere for a list of statements.
func (w *walker) endList(list []ast.Stmt) {
	var last ast.Stmt
	for i, s := range list {
		if d := w.e.dec[s]; d != nil && d.op == opDrop {
			continue
		}
		last = s
		if !terminates(s) {
			continue
		}
		rest := list[i+1:]
		for _, r := range rest[:w.jumpedInto(rest, false)] {
			w.e.dec[r] = &decision{op: opDrop}
		}
		break
	}
	if last != nil {
		w.endHere(last)
	}
}

// jumpedInto returns the index of the first of the statements that a goto from
// elsewhere leads into; only one that survives, if live is set.
func (w *walker) jumpedInto(list []ast.Stmt, live bool) int {
	if len(list) == 0 || !w.fn.hasGoto {
		return len(list)
	}
	from, to := list[0].Pos(), list[len(list)-1].End()
	targets := map[string]bool{}
	ast.Inspect(w.fn.body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && !(from <= b.Pos() && b.Pos() < to) && (!live || w.e.live(b)) {
			targets[b.Label.Name] = true
		}
		return true
	})
	for i, s := range list {
		found := false
		ast.Inspect(s, func(n ast.Node) bool {
			if l, ok := n.(*ast.LabeledStmt); ok && targets[l.Label.Name] {
				found = true
			}
			return !found
		})
		if found {
			return i
		}
	}
	return len(list)
}

// stmtAt walks a statement; inList tells that statements can be put before it.
func (w *walker) stmtAt(s ast.Stmt, inList bool) bool {
	if w.e.tests.decided(s) {
		return false
	}
	outerStmt, outerHoist := w.stmt, w.hoist
	w.stmt, w.hoist = nil, nil
	if inList {
		w.stmt = s
	}
	ended := w.statement(s)
	if len(w.hoist) > 0 {
		d := w.e.dec[s]
		if d == nil {
			d = &decision{op: opNone}
			w.e.dec[s] = d
		}
		// A closure is walked as often as the operand that it stands in is looked at.
		first := slices.DeleteFunc(slices.Clone(w.hoist), func(x ast.Expr) bool { return slices.Contains(d.hoist, x) })
		d.hoist = append(first, d.hoist...)
	}
	w.stmt, w.hoist = outerStmt, outerHoist
	return ended
}

func (w *walker) statement(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return w.block(s)
	case *ast.LabeledStmt:
		if w.fn.hasGoto {
			w.env = map[objID]*value{}
		}
		ended := w.stmtAt(s.Stmt, false)
		if ended && w.breaksOut(s.Stmt, s.Label.Name) {
			ended = false
		}
		w.kill(s.Stmt)
		return ended
	case *ast.ExprStmt:
		return w.exprStmt(s)
	case *ast.AssignStmt:
		w.assign(s)
	case *ast.DeclStmt:
		w.declStmt(s)
	case *ast.IncDecStmt:
		w.target(s.X)
		w.kill(s)
	case *ast.SendStmt:
		w.operand(s.Chan)
		w.use(s.Value)
	case *ast.GoStmt:
		w.later(s, s.Call)
	case *ast.DeferStmt:
		w.later(s, s.Call)
	case *ast.ReturnStmt:
		w.returnStmt(s)
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.IfStmt:
		return w.ifStmt(s)
	case *ast.ForStmt:
		return w.forStmt(s)
	case *ast.RangeStmt:
		if w.e.tests.keepsRound(s) {
			return w.keepRound(s)
		}
		w.rangeStmt(s)
	case *ast.SwitchStmt:
		return w.switchStmt(s)
	case *ast.TypeSwitchStmt:
		return w.typeSwitch(s)
	case *ast.SelectStmt:
		return w.selectStmt(s)
	}
	return false
}

// later walks the call of a go or defer statement, which must stay a call; an
// evaluation is dropped, its arguments are evaluated at once as before.
func (w *walker) later(s ast.Stmt, call *ast.CallExpr) {
	sd := w.e.seeds[call]
	if sd == nil {
		if v := w.expr(call); v.decided() && len(v.effects) == 0 {
			w.e.dec[s] = &decision{op: opDrop}
		}
		return
	}
	if sd.ref.Shape.Callback >= 0 || !replaceable(sd.ref.Shape) || sd.ref.Shape.Multi {
		w.e.refuse(sd, s, "callback", "the evaluation runs later: remove it by hand")
		return
	}
	w.seedValue(sd, call)
	w.e.dec[s] = &decision{op: opDrop, hoist: sd.extra}
}

func (w *walker) exprStmt(s *ast.ExprStmt) bool {
	call, _ := ast.Unparen(s.X).(*ast.CallExpr)
	if lit := w.e.tests.unframed(s); lit != nil {
		return w.keepBody(s, lit)
	}
	if sd := w.e.seeds[ast.Unparen(s.X)]; sd != nil {
		if sd.ref.Shape.Callback >= 0 && call != nil {
			return w.callback(s, call, sd)
		}
		if w.onlyTells(sd, call) {
			w.e.dec[s] = &decision{op: opDrop, hoist: sd.extra}
			return false
		}
		v := w.seedValue(sd, s.X)
		if v == nil && !replaceable(sd.ref.Shape) {
			return false
		}
		w.e.dec[s] = &decision{op: opDrop, hoist: sd.extra}
		return false
	}
	w.contradiction(s)
	if call != nil {
		if m, ok := w.emptiesNil(call); ok {
			hoist := slices.Clone(m.effects)
			for _, a := range call.Args[1:] {
				w.use(a)
				hoist = append(hoist, w.e.effectsOf(a)...)
			}
			w.e.dec[s] = &decision{op: opDrop, hoist: hoist}
			return false
		}
	}
	v := w.expr(s.X)
	if call != nil && w.saysNothing(call) {
		w.e.dec[s] = &decision{op: opDrop}
		return false
	}
	if call != nil {
		if effects, ok := w.assertsLost(call); ok && w.e.contradicts(s) == nil && (len(effects) == 0 || w.e.inList(s)) {
			w.e.dec[s] = &decision{op: opDrop, hoist: effects}
			return false
		}
	}
	if v.decided() && call != nil && len(v.effects) == 0 {
		w.e.dec[s] = &decision{op: opDrop}
		return false
	}
	if call != nil {
		if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "panic" {
			return terminates(s)
		}
		if w.e.nowEmpty(call) {
			w.e.dec[s] = &decision{op: opDrop, hoist: w.e.callOperandEffects(call)}
		}
	}
	return false
}

// onlyTells reports whether a call of the flag system has no result: it warns,
// counts or logs that the flag is used, which is part of the evaluation. A helper
// that does nothing for the flag's value (it skips a test, unless) is like it.
func (w *walker) onlyTells(sd *seed, call *ast.CallExpr) bool {
	sh := sd.ref.Shape
	on, isBool := sd.v.Any().(bool)
	idle := sh.Idle && isBool && on == sh.IdleWhen
	if call == nil || sh.Result >= 0 || sh.Multi || len(sd.ref.Via) > 0 && !idle {
		return false
	}
	t, ok := w.e.x.typeOf(call).(*types.Tuple)
	if !ok || t.Len() > 0 {
		return false
	}
	for _, a := range call.Args {
		if !w.e.isKeyOrDefault(sd, a) {
			w.use(a)
		}
	}
	return true
}

// callback replaces an evaluation that runs a function when the flag is on (or
// off) by the body of the function, or by nothing.
func (w *walker) callback(s *ast.ExprStmt, call *ast.CallExpr, sd *seed) bool {
	sh := sd.ref.Shape
	want, ok := sd.v.Any().(bool)
	if !ok || sh.Callback >= len(call.Args) {
		w.e.refuse(sd, s, "callback", "the flag's value is no bool, but the evaluation runs a callback on it")
		return false
	}
	cb := ast.Unparen(call.Args[sh.Callback])
	if want != sh.CallbackWhen {
		w.e.dec[s] = &decision{op: opDrop, hoist: append(slices.Clone(sd.extra), w.e.effectsOf(cb)...)}
		return false
	}
	lit, ok := cb.(*ast.FuncLit)
	if !ok {
		w.use(cb)
		w.e.dec[call] = &decision{op: opKeep, keep: call.Args[sh.Callback]}
		w.e.dec[s] = &decision{op: opInline, hoist: sd.extra}
		return false
	}
	w.funcLit(lit)
	w.kill(lit.Body)
	w.e.dec[call] = &decision{op: opKeep, keep: call.Args[sh.Callback]}
	if hasReturn(lit.Body) || hasDefer(lit.Body) || ast.Unparen(call.Args[sh.Callback]) != call.Args[sh.Callback] {
		w.e.dec[s] = &decision{op: opInline, hoist: sd.extra}
		return false
	}
	w.e.dec[s] = &decision{op: opSplice, hoist: sd.extra, body: lit.Body.List, arm: s.X, inner: lit.Body}
	return false
}

// returnStmt walks a return and records what is known of its results.
func (w *walker) returnStmt(s *ast.ReturnStmt) {
	n := w.numResults()
	vals := w.results(s.Results, n)
	if len(s.Results) == 0 {
		vals = make([]*value, n) // bare: named results, of which nothing is tracked
	}
	w.returns = append(w.returns, w.returned(s, vals))
	if len(s.Results) == n {
		for i, r := range s.Results {
			w.useVal(r, vals[i])
		}
		return
	}
	if len(s.Results) == 1 {
		w.useTuple(s.Results[0], vals)
	}
}

// returned are the values of a return as the function's results hold them.
func (w *walker) returned(s *ast.ReturnStmt, vals []*value) []*value {
	out := slices.Clone(vals)
	sig, ok := w.signature()
	if !ok || len(s.Results) == 0 {
		return out
	}
	for i, v := range out {
		if v != nil && v.isNil && i < sig.Results().Len() && isInterface(sig.Results().At(i).Type()) && !w.e.givesInterface(s.Results, i) {
			out[i] = nil
		}
	}
	return out
}

// signature is that of the function that is walked.
func (w *walker) signature() (*types.Signature, bool) {
	switch f := w.fn.node.(type) {
	case *ast.FuncDecl:
		if fn, ok := w.e.x.objs[f.Name.Pos()].(*types.Func); ok {
			return fn.Signature(), true
		}
	case *ast.FuncLit:
		sig, ok := under(w.e.x.typeOf(f)).(*types.Signature)
		return sig, ok
	}
	return nil, false
}

// givesInterface reports whether the i-th of the values that a list of expressions gives,
// where it is nil, is nil in an interface too.
func (e *engine) givesInterface(list []ast.Expr, i int) bool {
	if len(list) == 1 {
		if t, ok := e.x.typeOf(list[0]).(*types.Tuple); ok {
			return i < t.Len() && isInterface(t.At(i).Type())
		}
	}
	return i < len(list) && !e.typedNil(list[i])
}

// useTuple consumes the results of one expression with several of them.
func (w *walker) useTuple(x ast.Expr, vals []*value) {
	sd := w.e.seeds[ast.Unparen(x)]
	if sd == nil {
		return // a call whose results are known stays: its other results are needed
	}
	if w.refuseHidden(x) {
		return
	}
	for _, v := range vals {
		if !v.given() {
			w.e.refuse(sd, x, "detail", "the evaluation's other results are used: replace them by hand")
			return
		}
	}
	if len(sd.extra) > 0 && !w.hoistable(x) {
		w.e.refuse(sd, x, "operand-effects", "an argument of the evaluation has effects that must stay: take it out into a statement before")
		return
	}
	w.runBefore(sd.extra)
	w.e.dec[x] = &decision{op: opLit, val: vals[0], vals: vals}
}

func (w *walker) numResults() int {
	if w.fn.typ == nil || w.fn.typ.Results == nil {
		return 0
	}
	return w.fn.typ.Results.NumFields()
}

// runBefore has effects run before the statement that is being walked, each once
// however often its operand is looked at.
func (w *walker) runBefore(effects []ast.Expr) {
	for _, x := range effects {
		if !slices.Contains(w.hoist, x) {
			w.hoist = append(w.hoist, x)
		}
	}
}

// hoistable reports whether effects of x can run before the statement that is
// being walked: x is evaluated once, unconditionally, and nothing with an effect
// comes before it there.
func (w *walker) hoistable(x ast.Expr) bool {
	if w.stmt == nil {
		return false
	}
	switch s := w.stmt.(type) {
	case *ast.ForStmt, *ast.LabeledStmt, *ast.SelectStmt:
		return false
	case *ast.IfStmt:
		if s.Init != nil && !(s.Init.Pos() <= x.Pos() && x.Pos() < s.Init.End()) {
			return false
		}
	case *ast.SwitchStmt:
		if s.Init != nil && !(s.Init.Pos() <= x.Pos() && x.Pos() < s.Init.End()) || x.Pos() >= s.Body.Pos() {
			return false
		}
	}
	var child ast.Node = x
	for n := w.e.x.parent(x); n != nil && child != ast.Node(w.stmt); n = w.e.x.parent(n) {
		switch p := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BinaryExpr:
			if (p.Op == token.LAND || p.Op == token.LOR) && child == ast.Node(p.Y) {
				return false
			}
		}
		child = n
	}
	clean := true
	ast.Inspect(w.stmt, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && e.End() <= x.Pos() && len(w.e.effectsOf(e)) > 0 {
			clean = false
		}
		return clean
	})
	return clean
}

func (w *walker) declStmt(s *ast.DeclStmt) {
	g, ok := s.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return
	}
	for _, sp := range g.Specs {
		if vs, ok := sp.(*ast.ValueSpec); ok {
			w.valueSpec(vs)
		}
	}
}

func (w *walker) valueSpec(vs *ast.ValueSpec) {
	if len(vs.Values) == 0 {
		for _, id := range vs.Names {
			w.set(id, w.zero(id))
		}
		return
	}
	vals := w.results(vs.Values, len(vs.Names))
	w.consumeAssigned(vs.Values, vals)
	for i, id := range vs.Names {
		w.set(id, w.converted(id, vs.Values, i, vals[i]))
	}
}

// zero is the value that a variable has when it is declared without one.
func (w *walker) zero(id *ast.Ident) *value {
	obj := w.e.x.objectAt(id)
	if obj == nil {
		return nil
	}
	return zeroValue(obj.Type())
}

// assign walks an assignment: values first, then targets, then what the
// variables hold.
func (w *walker) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		w.target(s.Lhs[0])
		w.use(s.Rhs[0])
		w.kill(s)
		return
	}
	for _, l := range s.Lhs {
		if _, ok := ast.Unparen(l).(*ast.Ident); !ok {
			w.target(l)
		}
	}
	vals := w.results(s.Rhs, len(s.Lhs))
	w.consumeAssigned(s.Rhs, vals)
	if w.e.assignsItself(s) {
		w.e.dec[s] = &decision{op: opDrop}
		return
	}
	if len(s.Lhs) == 1 {
		w.e.written[s] = vals[0]
	}
	for i, l := range s.Lhs {
		if id, ok := ast.Unparen(l).(*ast.Ident); ok {
			w.set(id, w.converted(id, s.Rhs, i, vals[i]))
		}
	}
}

// converted is v as the variable holds it: assigned to a variable of interface
// type it keeps its own type as the dynamic one.
func (w *walker) converted(id *ast.Ident, rhs []ast.Expr, i int, v *value) *value {
	obj := w.e.x.objectAt(id)
	if v != nil && v.isNil && obj != nil && isInterface(obj.Type()) && !w.e.givesInterface(rhs, i) {
		return nil
	}
	if v == nil || obj == nil || v.c == nil || v.dyn != nil || i >= len(rhs) {
		return v
	}
	if isInterface(obj.Type()) {
		r := *v
		r.dyn = w.dynType(rhs[i], v)
		if r.dyn == nil || isInterface(r.dyn) {
			return nil
		}
		return &r
	}
	return v
}

// consumeAssigned decides what is written on the right of an assignment. Of an
// evaluation with several results that is settled later, when it is known which
// of the variables are still needed.
func (w *walker) consumeAssigned(rhs []ast.Expr, vals []*value) {
	if len(rhs) == len(vals) {
		for i, r := range rhs {
			if vals[i] != nil && vals[i].detail != nil {
				continue // followed through the variable
			}
			w.useVal(r, vals[i])
		}
		return
	}
	if sd := w.e.seeds[ast.Unparen(rhs[0])]; sd != nil {
		if w.refuseHidden(rhs[0]) {
			return
		}
		if len(sd.extra) > 0 {
			if !w.hoistable(rhs[0]) {
				w.e.refuse(sd, rhs[0], "operand-effects", "an argument of the evaluation has effects that must stay: take it out into a statement before")
				return
			}
			w.runBefore(sd.extra)
		}
		w.e.tuples[rhs[0]] = vals
	}
}

// target walks what an assignment assigns to: its operands are read, itself is not.
func (w *walker) target(x ast.Expr) {
	if id, ok := rootIdent(x); ok {
		if _, whole := ast.Unparen(x).(*ast.Ident); !whole {
			for _, obj := range w.e.x.objectsAt(id) {
				delete(w.env, idOf(obj))
			}
		}
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		w.operand(x.X)
		w.use(x.Index)
	case *ast.SelectorExpr:
		if _, ok := ast.Unparen(x.X).(*ast.Ident); !ok {
			w.use(x.X)
		}
	case *ast.StarExpr:
		w.operand(x.X)
	}
}
