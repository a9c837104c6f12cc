package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// settleLocals finds the local variables that nothing reads any more, takes them
// out of the statements that declare and assign them, and repeats, since that
// may end the last read of others.
func (e *engine) settleLocals() {
	type local struct {
		id    objID
		owner ast.Node
	}
	var vars []local
	bodies := e.liveBodies()
	for _, d := range bodies {
		for _, oid := range e.localVars(d) {
			vars = append(vars, local{oid, d})
		}
	}
	for {
		changed := false
		for _, v := range vars {
			if e.locals[v.id] || e.keepReads[v.id] {
				continue
			}
			before, after := 0, 0
			itself, itselfAfter := 0, 0 // reads that only feed the variable itself
			for _, id := range e.x.usesOf(v.id) {
				if !e.x.isRead(id) {
					continue
				}
				live := e.live(id)
				if e.feedsItself(id) {
					itself++
					if live {
						itselfAfter++
					}
					continue
				}
				before++
				if live {
					after++
				}
			}
			// Reads that feed it count for the compiler.
			if before > 0 && after == 0 || before == 0 && itself > 0 && itselfAfter == 0 {
				e.locals[v.id] = true
				changed = true
			}
		}
		for _, d := range bodies {
			changed = e.settleWrites(d) || changed
			changed = e.settleDecls(d) || changed
			changed = e.settleEmpty(d) || changed
		}
		if !changed {
			return
		}
	}
}

// liveBodies are the declarations in reach that hold statements: functions, and
// package-level variables, whose values may be closures.
func (e *engine) liveBodies() []ast.Node {
	var out []ast.Node
	for _, d := range e.sortedReached() {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body == nil {
				continue
			}
		case *ast.ValueSpec:
		default:
			continue
		}
		if e.live(d) {
			out = append(out, d)
		}
	}
	return out
}

// localVars are the variables declared in the body of a function, those of
// closures included, parameters and results not.
func (e *engine) localVars(fd ast.Node) []objID {
	if l, ok := e.localsOf[fd]; ok {
		return l
	}
	var out []objID
	params := map[token.Pos]bool{}
	ast.Inspect(fd, func(n ast.Node) bool {
		if ft, ok := n.(*ast.FuncType); ok {
			for _, fl := range []*ast.FieldList{ft.Params, ft.Results} {
				if fl == nil {
					continue
				}
				for _, f := range fl.List {
					for _, id := range f.Names {
						params[id.Pos()] = true
					}
				}
			}
		}
		return true
	})
	visit := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || id.Name == "_" || params[id.Pos()] {
			return true
		}
		if v, ok := e.x.objs[id.Pos()].(*types.Var); ok && !v.IsField() {
			out = append(out, id.Pos())
		} else if len(e.x.usesOf(id.Pos())) > 0 { // the symbol of a type switch
			if _, ok := e.x.objs[id.Pos()].(*types.Var); ok {
				out = append(out, id.Pos())
			}
		}
		return true
	}
	switch d := fd.(type) {
	case *ast.FuncDecl:
		ast.Inspect(d.Body, visit)
	case *ast.ValueSpec:
		for _, v := range d.Values {
			ast.Inspect(v, visit)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	e.localsOf[fd] = out
	return out
}

// settleWrites decides the statements of a function that assign to variables
// which go, or whose evaluation goes. It reports whether a decision changed.
func (e *engine) settleWrites(fd ast.Node) bool {
	changed := false
	set := func(n ast.Node, d *decision) {
		old := e.dec[n]
		if old != nil {
			d.walked = e.walkHoist(n, old)
			d.hoist = append(slices.Clone(d.walked), d.hoist...)
			if sameDecision(old, d) {
				return
			}
		}
		d.settled = true
		e.dec[n] = d
		for _, h := range d.hoist {
			e.hoisted[h] = n
		}
		changed = true
	}
	inspect := func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if d := e.dec[n]; d != nil && d.op == opDrop {
			return len(d.hoist) > 0
		}
		switch s := n.(type) {
		case *ast.AssignStmt:
			if _, ok := e.x.parent(s).(*ast.TypeSwitchStmt); ok {
				return true // decided with the switch
			}
			if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
				if e.isDeadVar(s.Lhs[0]) && e.live(s) {
					set(s, &decision{op: opDrop, hoist: e.effectsOf(s.Rhs[0])})
				}
				return true
			}
			if e.live(s) {
				if d := e.settleAssign(s, s.Lhs, s.Rhs, s.Tok == token.DEFINE); d != nil {
					set(s, d)
				}
			}
		case *ast.ValueSpec:
			if s != fd && e.live(s) {
				lhs, rhs := assignParts(s)
				if d := e.settleAssign(s, lhs, rhs, true); d != nil {
					set(s, d)
				}
			}
		case *ast.IncDecStmt:
			if e.isDeadVar(s.X) && e.live(s) {
				set(s, &decision{op: opDrop})
			}
		case *ast.RangeStmt:
			if e.tests.keepsRound(s) {
				return true
			}
			k, v := s.Key != nil && e.isDeadVar(s.Key), s.Value != nil && e.isDeadVar(s.Value)
			if (k || v) && e.live(s) {
				set(s, &decision{op: opRange, drop: []bool{k, v}})
			}
		case *ast.TypeSwitchStmt:
			if a, ok := s.Assign.(*ast.AssignStmt); ok && e.locals[a.Lhs[0].Pos()] && e.live(s) {
				set(a, &decision{op: opAssign, lhs: []lhsAction{lhsDrop}, dropR: []bool{false}})
				return true
			}
		}
		return true
	}
	ast.Inspect(fd, inspect)
	return changed
}

// walkHoist are the effects that the walk, not an earlier settling, put before n.
func (e *engine) walkHoist(n ast.Node, old *decision) []ast.Expr {
	if old.settled {
		return old.walked
	}
	return old.hoist
}

func sameDecision(a, b *decision) bool {
	return a.op == b.op && slices.Equal(a.lhs, b.lhs) && slices.Equal(a.dropR, b.dropR) && slices.Equal(a.drop, b.drop) &&
		a.define == b.define && a.decl == b.decl && slices.Equal(a.hoist, b.hoist)
}

func (e *engine) isDeadVar(x ast.Expr) bool {
	if ix, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		if m, ok := ix.X.(*ast.Ident); ok && e.fillsMap(m) {
			x = m // an element of a map that nothing reads
		}
	}
	id := nameOf(x) // of this package, or of another one
	if id == nil {
		return false
	}
	objs := e.x.objectsAt(id)
	for _, o := range objs {
		if !e.locals[idOf(o)] && !e.stored[idOf(o)] {
			return false
		}
	}
	return len(objs) > 0 || e.locals[id.Pos()]
}

// settleAssign decides an assignment (or value specification) of which some
// variables go, or whose value was an evaluation with several results. It
// returns nil when the statement stays as it is.
func (e *engine) settleAssign(s ast.Node, lhs, rhs []ast.Expr, define bool) *decision {
	if len(rhs) == 1 && len(lhs) > 1 {
		if vals, ok := e.tuples[rhs[0]]; ok {
			return e.settleTuple(s, lhs, rhs, vals, define)
		}
	}
	if len(rhs) == 1 {
		if gone := e.resultsGone(rhs[0]); len(gone) > 0 {
			return e.settleLost(s, lhs, rhs[0], gone, define)
		}
	}
	if e.discards(lhs, rhs) {
		return &decision{op: opDrop}
	}
	dead := make([]bool, len(lhs))
	for i, l := range lhs {
		dead[i] = e.isDeadVar(l) || e.overridden(l, s)
	}
	if !slices.Contains(dead, true) {
		return nil
	}
	d := &decision{op: opAssign, lhs: make([]lhsAction, len(lhs)), dropR: make([]bool, len(rhs))}
	switch {
	case len(rhs) == 0: // var a, b T
		for i := range lhs {
			if dead[i] {
				d.lhs[i] = lhsDrop
			}
		}
	case len(rhs) == len(lhs):
		for i := range lhs {
			if !dead[i] {
				continue
			}
			effects := e.effectsOf(rhs[i])
			if len(effects) == 0 {
				d.lhs[i], d.dropR[i] = lhsDrop, true
			} else if len(lhs) == 1 && e.inList(s) {
				return &decision{op: opDrop, hoist: effects}
			} else {
				d.lhs[i] = lhsBlank
			}
		}
	default:
		for i := range lhs {
			if dead[i] {
				d.lhs[i] = lhsBlank
			}
		}
	}
	gone := true
	for i, l := range lhs {
		if d.lhs[i] == lhsDrop {
			continue
		}
		if id, ok := ast.Unparen(l).(*ast.Ident); d.lhs[i] == lhsKeep && (!ok || id.Name != "_") {
			gone = false
			if define && ok && e.declaresHere(id, s) {
				d.define = true // it still declares something
			}
		}
	}
	if gone && len(rhs) != len(lhs) && len(rhs) == 1 {
		effects := e.effectsOf(rhs[0])
		if e.inList(s) || len(effects) == 0 {
			return &decision{op: opDrop, hoist: effects}
		}
	}
	if !slices.ContainsFunc(d.lhs, func(a lhsAction) bool { return a != lhsDrop }) {
		return &decision{op: opDrop}
	}
	if _, ok := s.(*ast.ValueSpec); ok {
		d.define = define
	}
	return d
}

// discards reports whether an assignment only gives literals that took the
// flag's place to blanks.
func (e *engine) discards(lhs, rhs []ast.Expr) bool {
	return allBlank(lhs) && len(rhs) == len(lhs) && !slices.ContainsFunc(rhs, func(r ast.Expr) bool {
		d := e.dec[r]
		return d == nil || d.op != opLit
	})
}

// madeForFlag reports whether x is a call, in a test, of a helper of the tests
// that set the flag in what it returns: once nothing takes that, the call has
// lost its purpose, whatever else the helper does to get there.
func (e *engine) madeForFlag(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || !e.x.fileAt(call.Pos()).test {
		return false
	}
	fn := e.x.callee(call)
	if fn == nil {
		return false
	}
	fd, ok := e.x.decl(idOf(fn)).(*ast.FuncDecl)
	if !ok || !e.x.fileAt(fd.Pos()).test || !slices.ContainsFunc(e.refs, func(r *flagref.Reference) bool {
		return r.Kind == flagref.Override && r.Func == fd
	}) {
		return false
	}
	return !slices.ContainsFunc(call.Args, func(a ast.Expr) bool { return len(e.effectsOf(a)) > 0 })
}

// inList reports whether a statement stands in a list, so that others can stand
// before it.
func (e *engine) inList(s ast.Node) bool {
	p := e.x.parent(s)
	if _, ok := s.(*ast.ValueSpec); ok { // in var declarations
		if g, ok := p.(*ast.GenDecl); ok {
			if len(g.Specs) > 1 {
				return false
			}
			ds := e.x.parent(g)
			if _, ok := ds.(*ast.DeclStmt); !ok {
				return false
			}
			s, p = ds, e.x.parent(ds)
		}
	}
	switch p := p.(type) {
	case *ast.BlockStmt, *ast.CaseClause:
		return true
	case *ast.CommClause:
		return ast.Node(p.Comm) != s
	case *ast.IfStmt, *ast.SwitchStmt:
		// the init of a statement that is spliced
		d := e.dec[p]
		return d != nil && d.op == opSplice && d.init != nil && ast.Node(d.init) == s
	}
	return false
}

// settleTuple decides `v, err := evaluation()`: the variables that are still
// needed get what the evaluation is now known to give.
func (e *engine) settleTuple(s ast.Node, lhs, rhs []ast.Expr, vals []*value, define bool) *decision {
	d := &decision{op: opTuple, lhs: make([]lhsAction, len(lhs)), vals: vals, dropR: []bool{true}, define: define}
	needed := 0
	for i, l := range lhs {
		id, isIdent := ast.Unparen(l).(*ast.Ident)
		switch {
		case isIdent && id.Name == "_", e.isDeadVar(l), vals[i] != nil && vals[i].detail != nil && !e.anyLiveRead(id):
			d.lhs[i] = lhsDrop
		case isIdent && vals[i].known() && !e.sharedAt(id, s) && !e.mayBeRead(id, s):
			d.lhs[i] = lhsDrop
			if e.declaresHere(id, s) && !e.moveDeclaration(id, s) {
				d.declare = append(d.declare, id)
			}
		case !vals[i].given():
			if sd := e.seeds[ast.Unparen(rhs[0])]; sd != nil {
				e.refuse(sd, rhs[0], "detail", "the evaluation's other results are used: replace them by hand")
			}
			return nil
		default:
			needed++
		}
	}
	if needed == 0 && len(d.declare) == 0 {
		return &decision{op: opDrop}
	}
	return d
}

// sharedAt reports whether a variable is written where the order of statements
// does not tell when: in a closure, or through its address.
func (e *engine) sharedAt(id *ast.Ident, s ast.Node) bool {
	obj, fi := e.x.objectAt(id), e.funcs[e.topDecl(s)]
	return obj != nil && fi != nil && fi.shared[idOf(obj)]
}

func (e *engine) anyLiveRead(id *ast.Ident) bool {
	if id == nil {
		return true
	}
	for _, u := range e.x.usesOf(idOf(e.x.objectAt(id))) {
		if e.x.isRead(u) && e.live(u) {
			return true
		}
	}
	return false
}
