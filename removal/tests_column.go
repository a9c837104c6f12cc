package removal

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// followColumns decides the tables: rows of the dead state, columns that only
// carried a flag's state, entries of gate maps.
func (p *testPlan) followColumns() {
	p.dropEmpty()
	var tables []*table
	touch := func(t *table) {
		if !slices.Contains(tables, t) {
			tables = append(tables, t)
		}
	}
	columns := map[*types.Var][]*site{}
	for _, s := range p.sites {
		if s.scope.teardown {
			continue
		}
		if r := p.rowOf(s.node); r != nil {
			p.setRow(r, s, p.constSet(s))
			touch(r.table)
			continue
		}
		for _, v := range p.columnsOf(s) {
			t := p.tableOf(v)
			if t == nil {
				continue
			}
			touch(t)
			columns[v] = append(columns[v], s)
			for _, r := range t.rows {
				p.runSite(r, s)
			}
		}
	}
	for v := range columns {
		p.unsetRows(v, columns[v])
	}
	p.unlistedRows()
	for _, t := range tables {
		p.followRows(t)
	}
	vars := make([]*types.Var, 0, len(columns))
	for v := range columns {
		vars = append(vars, v)
	}
	slices.SortFunc(vars, func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
	for _, v := range vars {
		p.followColumn(v, columns[v])
	}
	for _, t := range tables {
		p.dropGateColumns(t)
	}
	p.dropUnreadColumns()
	for _, t := range tables {
		p.mergeRows(t)
		p.dropEmptyTables(t)
	}
}

// dropUnreadColumns drops columns whose last read the round before folded away:
// what a row says of the removed state alone.
func (p *testPlan) dropUnreadColumns() {
	e := p.e
	found := map[objID]*types.Var{}
	e.asOfLastRound(func() {
		for _, d := range e.sortedReached() {
			if f := e.x.fileAt(d.Pos()); f == nil || !f.test || !f.editable() || e.keepsTests(d) {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || e.live(sel) || p.goes(sel) {
					return true
				}
				if v, ok := e.x.objectAt(sel.Sel).(*types.Var); ok && v.IsField() && p.isTestObject(v) {
					found[idOf(v)] = v.Origin()
				}
				return true
			})
		}
		for oid := range found {
			if slices.ContainsFunc(e.x.usesOf(oid), func(id *ast.Ident) bool {
				kv, isKey := e.x.parent(id).(*ast.KeyValueExpr)
				return e.live(id) && !(isKey && kv.Key == ast.Expr(id))
			}) {
				delete(found, oid)
			}
		}
	})
	for oid, v := range found {
		e.unreadColumns[oid] = v
	}
	for oid, v := range e.unreadColumns {
		if t := p.tableOf(v); t != nil && !p.columns[oid] {
			if name := p.nameColumn(t); name == nil || name.Pos() != v.Pos() {
				p.dropColumn(v)
			}
		}
	}
}

// dropEmptyTables drops lists of rows that lost all, with the loops over them.
func (p *testPlan) dropEmptyTables(t *table) {
	e := p.e
	seen := map[ast.Node]bool{}
	for _, r := range t.rows {
		if r.node == nil || !p.gone[r.node] {
			continue
		}
		list, ok := e.x.parent(r.node).(*ast.CompositeLit)
		if !ok || seen[list] || slices.ContainsFunc(list.Elts, func(x ast.Expr) bool { return !p.gone[x] }) {
			continue
		}
		seen[list] = true
		switch q := e.x.parent(list).(type) {
		case *ast.RangeStmt:
			if q.X == ast.Expr(list) {
				p.gone[q] = true
			}
		case *ast.AssignStmt:
			if len(q.Lhs) != 1 || q.Tok != token.DEFINE {
				continue
			}
			id, ok := q.Lhs[0].(*ast.Ident)
			if !ok {
				continue
			}
			uses := e.x.usesOf(id.Pos())
			if len(uses) != 1 {
				continue
			}
			if loop, ok := e.x.parent(uses[0]).(*ast.RangeStmt); ok && loop.X == ast.Expr(uses[0]) {
				p.gone[loop], p.gone[q] = true, true
			}
		}
	}
}

// columnsOf are the columns that a site's value and guards read.
func (p *testPlan) columnsOf(s *site) []*types.Var {
	var out []*types.Var
	add := func(x ast.Expr) {
		if src := p.source(x); src.obj != nil && src.obj.IsField() && !slices.Contains(out, src.obj) {
			out = append(out, src.obj)
		}
	}
	if s.value != nil {
		add(s.value)
	}
	for _, g := range s.scope.guards {
		ast.Inspect(g.cond, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok {
				add(x)
			}
			return true
		})
	}
	return out
}

// guardedByColumn reports whether rows of a table decide if a site runs, or what
// it sets.
func (p *testPlan) guardedByColumn(s *site) bool {
	return slices.ContainsFunc(p.columnsOf(s), func(v *types.Var) bool { return p.tableOf(v) != nil })
}

// runSite works out what a site does for a row.
func (p *testPlan) runSite(r *row, s *site) {
	for _, g := range s.scope.guards {
		c := p.evalRow(r, g.cond)
		if c == nil || c.Kind() != constant.Bool {
			return
		}
		if constant.BoolVal(c) != g.want {
			return
		}
	}
	c := s.c
	if c == nil {
		c = s.meaning(p.evalRow(r, s.value))
	}
	p.setRow(r, s, c)
}

// setRow gives a row what a site sets the flag to. Of several the last counts, but
// where they overwrite different functions that ask for the flag, or set several of the
// flags that go.
func (p *testPlan) setRow(r *row, s *site, c constant.Value) {
	if r.state == stateDead && r.site != nil && (s.fn && s.ref != r.site.ref || s.stmt != nil && r.site.stmt != nil || s.key != r.site.key) {
		return // one of several
	}
	r.site, r.c = s, c
	r.state = p.stateOf(s.key, c)
}

// evalRow is the constant that an expression of the loop's body has for a row,
// nil when that is not known.
func (p *testPlan) evalRow(r *row, x ast.Expr) constant.Value {
	if x == nil {
		return nil
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return p.evalRow(r, x.X)
	case *ast.UnaryExpr:
		if c := p.evalRow(r, x.X); x.Op == token.NOT && c != nil && c.Kind() == constant.Bool {
			return constant.MakeBool(!constant.BoolVal(c))
		}
		return nil
	case *ast.BinaryExpr:
		if x.Op == token.EQL || x.Op == token.NEQ {
			if isNilIdent(x.Y) {
				src := p.source(x.X)
				if src.obj == nil || !src.obj.IsField() || p.tableOf(src.obj) != r.table {
					return nil
				}
				cell, _ := r.cell(p, src.obj)
				isNil := cell == nil || isNilIdent(cell)
				return constant.MakeBool(isNil == (x.Op == token.EQL))
			}
			a, b := p.evalRow(r, x.X), p.evalRow(r, x.Y)
			if a == nil || b == nil || a.Kind() != b.Kind() {
				return nil
			}
			return constant.MakeBool(constant.Compare(a, x.Op, b))
		}
		if x.Op == token.LAND || x.Op == token.LOR {
			a, b := p.evalRow(r, x.X), p.evalRow(r, x.Y)
			if a == nil || b == nil || a.Kind() != constant.Bool || b.Kind() != constant.Bool {
				return nil
			}
			return constant.BinaryOp(a, x.Op, b)
		}
		return nil
	}
	src := p.source(x)
	if src.c != nil {
		return src.c
	}
	if src.obj == nil || !src.obj.IsField() || p.tableOf(src.obj) != r.table {
		return nil
	}
	return src.given(r.constant(p, src.obj))
}

func isNilIdent(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "nil"
}

// unsetRows gives the rows for which no site runs the state that the flag has by
// default, when that is known.
func (p *testPlan) unsetRows(v *types.Var, sites []*site) {
	t := p.tableOf(v)
	def := p.defaultOf(sites[0].key)
	if def == nil || p.tableOf(v) == nil {
		return
	}
	if _, ptr := under(v.Type()).(*types.Pointer); ptr {
		return // nil says that the row does not care
	}
	for _, r := range t.rows {
		if r.site == nil {
			r.site, r.c, r.state = sites[0], def, p.stateOf(sites[0].key, def)
		}
	}
}

// unlistedRows gives the rows that do not list a flag, in a column that lists what a fake has on,
// the state that the flag has there.
func (p *testPlan) unlistedRows() {
	for _, s := range p.sites {
		if s.column == nil {
			continue
		}
		t := p.tableOf(s.column)
		if t == nil {
			continue
		}
		for _, r := range t.rows {
			if r.site == nil && r.node != nil {
				p.setRow(r, s, opposite(s.c))
			}
		}
	}
}

// defaultOf is the value that a flag has when nothing sets it, nil when the
// evaluations do not agree on one.
func (p *testPlan) defaultOf(key string) constant.Value {
	var out constant.Value
	for _, r := range p.e.refs {
		if r.Kind == flagref.Override || r.Key != key || r.Default == nil {
			continue
		}
		if out != nil && (out.Kind() != r.Default.Kind() || !constant.Compare(out, token.EQL, r.Default)) {
			return nil
		}
		out = r.Default
	}
	return out
}

// followRows decides the rows of a table that set the dead state.
func (p *testPlan) followRows(t *table) {
	for _, r := range t.rows {
		if r.state != stateDead || p.goes(r.lit) {
			continue
		}
		names := r.names(p)
		drop := func() { p.gone[r.node] = true }
		if r.node == nil {
			drop = func() {}
		}
		alone := !p.rowSetsOthers(r) && !p.setsOthers(r.site)
		if r.node != nil && (p.namesState(r.site.key, r.c, names, alone) || p.rowTwin(r) != nil) {
			drop()
			continue
		}
		p.undecidedRow(r, names, drop)
	}
}

// undecidedRow tells of a row without evidence.
func (p *testPlan) undecidedRow(r *row, names []string, drop func()) {
	s := *r.site
	s.c = r.c
	var at ast.Node = r.lit
	if r.node != nil {
		at = r.node
	}
	p.undecided(&s, at, p.testIDs(r.lit, names), drop)
}

// rowSetsOthers reports whether a row names other flags too.
func (p *testPlan) rowSetsOthers(r *row) bool {
	f := p.e.x.fileAt(r.lit.Pos())
	for _, v := range f.views {
		if v.Refs == nil {
			continue
		}
		for _, ref := range v.Refs.References {
			n := ref.Node
			if ref.KeyNode != nil {
				n = ref.KeyNode
			}
			if ref.Key != r.site.key && r.lit.Pos() <= n.Pos() && n.End() <= r.lit.End() {
				return true
			}
		}
	}
	return false
}

// rowTwin returns a row that differs from r in nothing but the flag, its name and
// what it expects.
func (p *testPlan) rowTwin(r *row) *row {
	in := p.inputsWithout(r)
	for _, o := range r.table.rows {
		if o != r && o.state != stateDead && o.node != nil && !p.goes(o.lit) && sameList(p, o, r) && p.inputsWithout(o) == in {
			return o
		}
	}
	return nil
}

// sameList reports whether two rows stand in one list.
func sameList(p *testPlan, a, b *row) bool {
	return p.e.x.parent(a.node) == p.e.x.parent(b.node)
}

// inputsWithout renders the inputs of a row, the columns that carry the flag
// left out.
func (p *testPlan) inputsWithout(r *row) string {
	var skip []objID
	if r.site != nil {
		for _, v := range p.columnsOf(r.site) {
			if p.tableOf(v) == r.table && p.onlyCarries(v) && !p.columns[idOf(v)] {
				skip = append(skip, idOf(v))
			}
		}
	}
	for _, o := range r.table.rows { // the twin may have no site of its own
		if o.site != nil {
			for _, v := range p.columnsOf(o.site) {
				if p.tableOf(v) == r.table && p.onlyCarries(v) && !p.columns[idOf(v)] && !slices.Contains(skip, idOf(v)) {
					skip = append(skip, idOf(v))
				}
			}
		}
	}
	for _, oid := range skip {
		p.columns[oid] = true
	}
	text := r.inputs(p, false)
	for _, oid := range skip {
		delete(p.columns, oid)
	}
	return text
}

// onlyCarries reports whether a column is read for nothing but a flag's set-up,
// conditions and expectations, so that it says nothing but the flag's state.
func (p *testPlan) onlyCarries(v *types.Var) bool {
	if c, ok := p.carries[v]; ok {
		return c
	}
	p.carries[v] = false
	p.carries[v] = !slices.ContainsFunc(p.e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		switch q := p.e.x.parent(id).(type) {
		case *ast.KeyValueExpr:
			return q.Key != ast.Expr(id)
		case *ast.SelectorExpr:
			return !p.goes(q) && !p.foldable(q)
		}
		return true
	})
	return p.carries[v]
}

// foldable reports whether a read of the flag's state in a test only chooses what
// the test expects or is called, so that a constant may take its place.
func (p *testPlan) foldable(x ast.Expr) bool {
	e := p.e
	var child ast.Node = x
	for n := e.x.parent(x); n != nil; child, n = n, e.x.parent(n) {
		switch n := n.(type) {
		case *ast.ParenExpr, *ast.BinaryExpr, *ast.UnaryExpr:
			if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
				return false
			}
		case *ast.IfStmt:
			return ast.Node(n.Cond) == child
		case *ast.SwitchStmt:
			return ast.Node(n.Tag) == child
		case *ast.CaseClause:
			return true
		case *ast.AssignStmt:
			return n.Tok == token.DEFINE || n.Tok == token.ASSIGN
		case *ast.ValueSpec:
			return true
		case *ast.CallExpr:
			fn := e.x.callee(n)
			if fn == nil || fn.Pkg() == nil {
				return false
			}
			if isTestingPkg(fn.Pkg().Path()) || fn.Pkg().Path() == "fmt" || fn.Pkg().Path() == "strconv" {
				return true
			}
			i := slices.IndexFunc(n.Args, func(a ast.Expr) bool { return ast.Node(a) == child })
			return i >= 0 && p.carriesParam(fn, i)
		case *ast.KeyValueExpr:
			id, ok := n.Key.(*ast.Ident)
			return ok && e.x.objectAt(id) != nil && e.objConst[idOf(e.x.objectAt(id))] != nil
		default:
			return false
		}
	}
	return false
}

// carriesParam reports whether a parameter is known to hold the flag's value, or
// to be read no more.
func (p *testPlan) carriesParam(fn *types.Func, i int) bool {
	if p.e.paramGoes(fn, i) {
		return true
	}
	ps := fn.Signature().Params()
	return i < ps.Len() && p.e.objConst[idOf(ps.At(i))] != nil
}

// followColumn drops a column that only carried the flag's state. What still
// reads it, reads the state that stays.
func (p *testPlan) followColumn(v *types.Var, sites []*site) {
	if name := p.nameColumn(p.tableOf(v)); name != nil && name.Pos() == v.Pos() {
		return // it also names the rows
	}
	if !p.onlyCarries(v) || slices.ContainsFunc(sites, func(s *site) bool { return s.key != sites[0].key }) {
		return
	}
	reads := slices.ContainsFunc(p.e.x.usesOf(idOf(v)), func(id *ast.Ident) bool {
		_, sel := p.e.x.parent(id).(*ast.SelectorExpr)
		return sel && !p.goes(id)
	})
	if reads {
		c := p.keptValue(v, sites)
		if c == nil {
			return
		}
		p.consts[idOf(v)] = &value{c: c, flag: true}
		seen := map[ast.Node]bool{}
		for _, id := range p.e.x.usesOf(idOf(v)) {
			fd, ok := p.e.topDecl(id).(*ast.FuncDecl)
			if !ok || seen[fd] || fd.Body == nil {
				continue
			}
			seen[fd] = true
			p.simplifyNames(fd.Body, sites[0].key, func(x ast.Expr) bool {
				src := p.source(x)
				return src.obj != nil && idOf(src.obj) == idOf(v) && !src.deref
			})
		}
	}
	p.dropColumn(v)
}

// keptValue is what a column holds in rows of the state that stays.
func (p *testPlan) keptValue(v *types.Var, sites []*site) constant.Value {
	b, ok := under(v.Type()).(*types.Basic)
	if !ok {
		return nil
	}
	if b.Info()&types.IsBoolean == 0 {
		for _, s := range sites {
			if src := p.source(s.value); src.obj == v {
				return p.keptGiven(s, src)
			}
		}
		return nil
	}
	var found constant.Value
	for _, b := range []bool{true, false} {
		c := constant.MakeBool(b)
		dead := false
		kept := false
		for _, s := range sites {
			switch p.ifColumn(s, v, c) {
			case stateDead:
				dead = true
			case stateKept:
				kept = true
			}
		}
		if kept && !dead {
			return c
		}
		if !dead && found == nil {
			found = c
		}
	}
	return found
}

// ifColumn is the state that a site sets when a column holds c.
func (p *testPlan) ifColumn(s *site, v *types.Var, c constant.Value) state {
	for _, g := range s.scope.guards {
		src := p.source(g.cond)
		if src.obj != v {
			continue
		}
		if constant.BoolVal(c) == src.negated == g.want {
			return stateUnknown // it does not run
		}
	}
	if src := p.source(s.value); s.c == nil && src.obj == v {
		return p.stateOf(s.key, s.meaning(src.given(c)))
	}
	return p.stateOf(s.key, s.c)
}

// dropColumn drops a field of a table and what its rows give it.
func (p *testPlan) dropColumn(v *types.Var) {
	id := p.e.identAt(idOf(v))
	f, ok := p.e.x.parent(id).(*ast.Field)
	t := p.tableOf(v)
	if !ok || t == nil {
		return
	}
	for _, r := range t.rows {
		if x, _ := r.cell(p, v); x != nil && len(p.e.effectsOf(x)) > 0 && p.source(x).c == nil {
			return
		}
	}
	p.columns[idOf(v)] = true
	names := p.names[f]
	if names == nil {
		names = make([]bool, len(f.Names))
		p.names[f] = names
	}
	names[slices.Index(f.Names, id)] = true
	for _, r := range t.rows {
		if x, el := r.cell(p, v); el != nil {
			p.gone[el] = true
			delete(p.text, x)
		}
	}
}

// dropGateColumns drops columns of gates that no row gives any more, with what
// reads them.
func (p *testPlan) dropGateColumns(t *table) {
	for _, v := range t.vars {
		given, touched := false, false
		for _, r := range t.rows {
			x, el := r.cell(p, v)
			if el == nil {
				continue
			}
			if (p.gone[el] || p.isEmptied(x) || p.text[x] == `""`) && !p.columns[idOf(v)] {
				touched = true
				continue
			}
			if !p.goes(r.lit) && !isNilIdent(x) {
				given = true
			}
		}
		if given || !touched {
			continue
		}
		ok := true
		var stmts []ast.Node
		for _, id := range p.e.x.usesOf(idOf(v)) {
			sel, isSel := p.e.x.parent(id).(*ast.SelectorExpr)
			if !isSel || p.goes(sel) {
				continue
			}
			switch q := p.e.x.parent(sel).(type) {
			case *ast.RangeStmt:
				if q.X == ast.Expr(sel) {
					stmts = append(stmts, q)
					continue
				}
			case *ast.CallExpr:
				if slices.ContainsFunc(p.sites, func(s *site) bool { return s.ref.Call == ast.Expr(q) || s.ref.Node == ast.Node(q) }) {
					if st := p.setUpStmt(q); st != nil {
						stmts = append(stmts, st)
						continue
					}
					if p.succeed[q] {
						continue // with the error that it gives
					}
				}
			}
			ok = false
		}
		if !ok {
			continue
		}
		for _, st := range stmts {
			p.gone[st] = true
		}
		p.dropColumn(v)
	}
}

// mergeRows deletes rows that set the flag and that nothing but a name tells from
// another one now.
func (p *testPlan) mergeRows(t *table) {
	for i, r := range t.rows {
		if r.site == nil || r.node == nil || p.goes(r.lit) {
			continue
		}
		text := r.inputs(p, true)
		for j, o := range t.rows {
			if i == j || o.node == nil || p.goes(o.lit) || !sameList(p, o, r) || o.inputs(p, true) != text {
				continue
			}
			if o.site != nil && sameConstant(o.c, r.c) {
				continue // they were the same before
			}
			if o.site == nil || o.state == stateKept && r.state != stateKept || o.state == r.state && j < i {
				p.gone[r.node] = true
				p.unspare(r.node.Pos())
				break
			}
		}
	}
}

func sameConstant(a, b constant.Value) bool {
	return a == b || a != nil && b != nil && a.Kind() == b.Kind() && constant.Compare(a, token.EQL, b)
}

// unspare takes back that a row stays.
func (p *testPlan) unspare(pos token.Pos) {
	p.spares = slices.DeleteFunc(p.spares, func(s *spare) bool { return s.pos == pos })
}
