package removal

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// settleEmpty decides the statements of a function of which the removal left an
// empty shell: an if without a statement in its arms, a loop over nothing to do,
// a block. Inner ones come first. It reports whether a decision is new.
func (e *engine) settleEmpty(fd ast.Node) bool {
	changed := false
	var post func(n ast.Node)
	post = func(n ast.Node) {
		ast.Inspect(n, func(c ast.Node) bool {
			if c == n {
				return true
			}
			if c != nil {
				post(c)
			}
			return false
		})
		s, ok := n.(ast.Stmt)
		if !ok {
			return
		}
		if d := e.dec[s]; d != nil && d.op != opNone && d.op != opRange || !e.live(s) {
			return
		}
		if e.settleShell(s) {
			changed = true
		}
	}
	post(fd)
	return changed
}

func (e *engine) settleShell(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IfStmt:
		return e.settleIf(s)
	case *ast.RangeStmt:
		if e.emptied(s.Body) && s.Tok != token.ASSIGN && e.endsAlone(s.X) {
			return e.dropShell(s, e.effectsOf(s.X))
		}
	case *ast.ForStmt:
		if e.emptied(s.Body) && e.counts(s) {
			return e.dropShell(s, nil)
		}
	case *ast.ExprStmt:
		return e.settleClosure(s, s.X)
	case *ast.DeferStmt:
		return e.settleClosure(s, s.Call)
	case *ast.GoStmt:
		return e.settleClosure(s, s.Call)
	case *ast.BlockStmt:
		switch e.x.parent(s).(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			if e.emptied(s) {
				return e.dropShell(s, nil)
			}
		}
	case *ast.SelectStmt: // of which an empty default is left
		gone := false
		for _, c := range s.Body.List {
			c := c.(*ast.CommClause)
			if d := e.dec[c]; d != nil && d.op == opDrop {
				gone = true
			} else if c.Comm != nil || !e.allGone(c.Body) || e.looseComments(c.Colon, c.End(), c.Body) {
				return false
			}
		}
		return gone && e.dropShell(s, nil)
	case *ast.SwitchStmt:
		some := false
		var effects []ast.Expr
		if s.Tag != nil {
			effects = e.effectsOf(s.Tag)
		}
		for _, c := range s.Body.List {
			c := c.(*ast.CaseClause)
			if d := e.dec[c]; d != nil && d.op == opDrop {
				continue
			}
			if len(c.Body) > 0 && !e.allGone(c.Body) || e.looseComments(c.Colon, c.End(), c.Body) ||
				slices.ContainsFunc(c.List, func(x ast.Expr) bool { return len(e.effectsOf(x)) > 0 }) {
				return false
			}
			some = some || len(c.Body) > 0
		}
		if init, ok := e.initEffects(s.Init); ok && some && !e.readInitOf(s.Init, effects) {
			return e.dropShell(s, append(init, effects...))
		}
	}
	return false
}

// settleClosure drops a statement that calls, defers or starts a closure, or has it run
// once, of which nothing is left.
func (e *engine) settleClosure(s ast.Stmt, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	run := call.Fun
	if fn := e.x.callee(call); fn != nil && fn.FullName() == "(*sync.Once).Do" {
		if run = call.Args[0]; !e.onlyOnce(s, call) {
			return false
		}
		if id, ok := ast.Unparen(run).(*ast.Ident); ok { // a function by its name
			f, ok := e.x.objectAt(id).(*types.Func)
			return ok && e.emptyFuncs[idOf(f)] && e.dropShell(s, nil)
		}
	} else if len(call.Args) > 0 {
		return false
	}
	lit, ok := ast.Unparen(run).(*ast.FuncLit)
	return ok && e.emptied(lit.Body) && e.dropShell(s, nil)
}

// onlyOnce reports whether nothing but a statement has to do with the sync.Once that it
// asks: another function that it may run would run now.
func (e *engine) onlyOnce(s ast.Stmt, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id := nameOf(sel.X)
	if id == nil {
		return false
	}
	obj := e.x.objectAt(id)
	return obj != nil && !obj.Exported() && !slices.ContainsFunc(e.x.usesOf(idOf(obj)), func(u *ast.Ident) bool {
		return u.Pos() < s.Pos() || s.End() <= u.Pos()
	})
}

// settleIf drops an if whose arms are empty now, an else that is, and turns the
// condition round when only the else has something left.
func (e *engine) settleIf(s *ast.IfStmt) bool {
	then := e.emptied(s.Body)
	els, isBlock := s.Else.(*ast.BlockStmt)
	elseGone := s.Else == nil
	switch {
	case isBlock:
		elseGone = e.emptied(els)
	case s.Else != nil:
		d := e.dec[s.Else]
		elseGone = d != nil && d.op == opDrop
	}
	switch {
	case elseGone && (then || s.Else != nil && e.blank(s.Body)):
		init, ok := e.initEffects(s.Init)
		if !ok {
			return false
		}
		effects := e.effectsOf(s.Cond)
		if e.readInitOf(s.Init, effects) {
			return false
		}
		return e.dropShell(s, append(init, effects...))
	case elseGone && s.Else != nil && (e.dec[s.Else] == nil || e.dec[s.Else].op != opDrop):
		e.dec[s.Else] = &decision{op: opDrop}
		return true
	case then && isBlock && !elseGone && !e.blank(els):
		e.dec[s] = &decision{op: opInvert, hoist: e.walkHoistOf(s)}
		return true
	}
	return false
}

// dropShell drops a statement and keeps the effects of what it evaluated.
func (e *engine) dropShell(s ast.Stmt, effects []ast.Expr) bool {
	if len(effects) > 0 && !e.inList(s) {
		return false
	}
	d := &decision{op: opDrop, hoist: append(slices.Clone(e.walkHoistOf(s)), effects...)}
	e.dec[s] = d
	for _, h := range d.hoist {
		e.hoisted[h] = s
	}
	return true
}

func (e *engine) walkHoistOf(s ast.Stmt) []ast.Expr {
	if d := e.dec[s]; d != nil {
		return d.hoist
	}
	return nil
}

// initEffects are the effects of an init statement; false where it is none that
// can be reduced to them.
func (e *engine) initEffects(s ast.Stmt) ([]ast.Expr, bool) {
	switch s := s.(type) {
	case nil:
		return nil, true
	case *ast.ExprStmt:
		if d := e.dec[s]; d != nil && d.op == opDrop {
			return d.hoist, true
		}
		return e.effectsOf(s.X), true
	case *ast.AssignStmt:
		if d := e.dec[s]; d != nil && (d.op == opDrop || d.op == opTuple) {
			return d.hoist, true
		}
		if s.Tok != token.DEFINE {
			return nil, false
		}
		var out []ast.Expr
		for _, r := range s.Rhs {
			out = append(out, e.effectsOf(r)...)
		}
		return out, true
	}
	return nil, false
}

// readInitOf reports whether effects read a variable that an init statement
// declares, without which they cannot stand.
func (e *engine) readInitOf(init ast.Stmt, effects []ast.Expr) bool {
	if init == nil {
		return false
	}
	found := false
	for _, x := range effects {
		ast.Inspect(x, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				for _, o := range e.x.objectsAt(id) {
					found = found || init.Pos() <= o.Pos() && o.Pos() < init.End()
				}
			}
			return !found
		})
	}
	return found
}

// emptied reports whether a block had statements, and none is left.
func (e *engine) emptied(b *ast.BlockStmt) bool {
	return len(b.List) > 0 && e.allGone(b.List) && !e.looseComments(b.Lbrace, b.Rbrace, b.List)
}

// blank reports whether a block was or is empty.
func (e *engine) blank(b *ast.BlockStmt) bool {
	return e.allGone(b.List) && !e.looseComments(b.Lbrace, b.Rbrace, b.List)
}

func (e *engine) allGone(list []ast.Stmt) bool {
	return !slices.ContainsFunc(list, func(s ast.Stmt) bool { return !e.gone(s) })
}

// gone reports whether nothing takes the place of a statement.
func (e *engine) gone(s ast.Stmt) bool {
	if _, ok := s.(*ast.EmptyStmt); ok {
		return true
	}
	d := e.dec[s]
	switch {
	case d == nil:
		return false
	case d.op == opDrop:
		return len(d.hoist) == 0
	case d.op == opSplice:
		if len(d.hoist) > 0 || d.init != nil && !e.gone(d.init) || !e.allGone(d.body) {
			return false
		}
		b, ok := d.arm.(*ast.BlockStmt)
		return !ok || !e.looseComments(b.Lbrace, b.Rbrace, b.List)
	}
	return false
}

// looseComments reports whether a comment stands between two places that belongs
// to none of the statements there: not in one, right above or behind it.
func (e *engine) looseComments(from, to token.Pos, list []ast.Stmt) bool {
	f := e.x.fileAt(from)
	line := func(p token.Pos) int { return f.tok.Line(p) }
	for _, g := range f.ast.Comments {
		if g.Pos() < from || g.End() > to {
			continue
		}
		if !slices.ContainsFunc(list, func(s ast.Stmt) bool {
			d := e.dec[s]
			tail := d != nil && d.tail && g.Pos() > s.Pos()
			return tail || s.Pos() <= g.Pos() && g.Pos() < s.End() || line(g.End())+1 == line(s.Pos()) || line(g.Pos()) == line(s.End())
		}) {
			return true
		}
	}
	return false
}

// endsAlone reports whether a range over x has no effect but those of x: it reads
// no channel and calls no function.
func (e *engine) endsAlone(x ast.Expr) bool {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		if fn := e.x.callee(call); fn != nil && elementsOf[fn.FullName()] {
			return true
		}
	}
	switch u := under(e.x.typeOf(x)).(type) {
	case *types.Slice, *types.Array, *types.Map, *types.Basic:
		return true
	case *types.Pointer:
		_, ok := u.Elem().Underlying().(*types.Array)
		return ok
	}
	return false
}

// elementsOf are the functions whose result goes through what a list or a map holds, and does
// nothing else.
var elementsOf = map[string]bool{
	"slices.All": true, "slices.Backward": true, "slices.Values": true, "slices.Chunk": true,
	"maps.All": true, "maps.Keys": true, "maps.Values": true,
}

// counts reports whether a loop only counts a variable of its own up or down to a limit.
func (e *engine) counts(s *ast.ForStmt) bool {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return false
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || len(e.effectsOf(cond)) > 0 || len(e.effectsOf(init.Rhs[0])) > 0 {
		return false
	}
	post, ok := s.Post.(*ast.IncDecStmt)
	if !ok {
		return false
	}
	b, ok := under(e.x.typeOf(post.X)).(*types.Basic)
	wide := ok && (b.Kind() == types.Int || b.Kind() == types.Int64) // others may wrap round before the limit
	switch cond.Op {
	case token.LSS:
		ok = post.Tok == token.INC
	case token.LEQ:
		ok = wide && post.Tok == token.INC
	case token.GTR, token.GEQ:
		ok = wide && post.Tok == token.DEC
	default:
		ok = false
	}
	if !ok {
		return false
	}
	name := init.Lhs[0].(*ast.Ident).Name
	for _, x := range []ast.Expr{cond.X, post.X} {
		if id, ok := x.(*ast.Ident); !ok || id.Name != name {
			return false
		}
	}
	return true
}

// settleDecls drops the local constants and types that lost their last use.
func (e *engine) settleDecls(fd ast.Node) bool {
	changed := false
	ast.Inspect(fd, func(n ast.Node) bool {
		ds, ok := n.(*ast.DeclStmt)
		if !ok {
			return true
		}
		g, ok := ds.Decl.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST && g.Tok != token.TYPE || !e.live(ds) {
			return true
		}
		var unused []ast.Spec
		for _, s := range g.Specs {
			if e.specUnused(s) {
				unused = append(unused, s)
			}
		}
		switch {
		case len(unused) == len(g.Specs):
			e.dec[ds] = &decision{op: opDrop}
			changed = true
		case !countsIota(g):
			for _, s := range unused {
				if e.dec[s] == nil {
					e.dec[s] = &decision{op: opDrop}
					changed = true
				}
			}
		}
		return true
	})
	return changed
}

// specUnused reports whether everything that a local specification declares had
// a use and has none now, its own aside.
func (e *engine) specUnused(s ast.Spec) bool {
	var names []*ast.Ident
	switch s := s.(type) {
	case *ast.ValueSpec:
		names = s.Names
	case *ast.TypeSpec:
		names = []*ast.Ident{s.Name}
	}
	for _, id := range names {
		if id.Name == "_" {
			continue
		}
		uses := e.x.usesOf(id.Pos())
		if len(uses) == 0 {
			return false
		}
		for _, u := range uses {
			if !(s.Pos() <= u.Pos() && u.Pos() < s.End()) && e.live(u) {
				return false
			}
		}
	}
	return true
}

// countsIota reports whether the values of a group of constants depend on their
// place in it.
func countsIota(g *ast.GenDecl) bool {
	if g.Tok != token.CONST {
		return false
	}
	for _, s := range g.Specs {
		vs, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		if len(vs.Values) == 0 {
			return true
		}
		for _, v := range vs.Values {
			iota := false
			ast.Inspect(v, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				iota = iota || ok && id.Name == "iota"
				return !iota
			})
			if iota {
				return true
			}
		}
	}
	return false
}

// feedsItself reports whether a read of a variable only gives its next value to
// the variable itself, x = append(x, …), with no effect that needs it; or an
// element of a map that nothing else holds, x[k] = v.
func (e *engine) feedsItself(id *ast.Ident) bool {
	if e.fillsMap(id) {
		return true
	}
	a, ok := enclosing[*ast.AssignStmt](e.x, id)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return false
	}
	l, ok := a.Lhs[0].(*ast.Ident)
	if !ok || e.x.objectAt(l) == nil || e.x.objectAt(l) != e.x.objectAt(id) {
		return false
	}
	inside := func(n ast.Node) bool { return n.Pos() <= id.Pos() && id.Pos() < n.End() }
	if lit, ok := enclosing[*ast.FuncLit](e.x, id); ok && a.Pos() <= lit.Pos() {
		return false
	}
	return !slices.ContainsFunc(e.effectsOf(a.Rhs[0]), func(x ast.Expr) bool { return inside(x) })
}

// fillsMap reports whether a read of a variable only gives an element to the map
// that it holds, and the variable holds none but maps made for it.
func (e *engine) fillsMap(id *ast.Ident) bool {
	ix, ok := e.x.parent(id).(*ast.IndexExpr)
	if !ok || ix.X != ast.Expr(id) || len(e.effectsOf(ix.Index)) > 0 {
		return false
	}
	if _, isMap := under(e.x.typeOf(id)).(*types.Map); !isMap {
		return false
	}
	a, ok := e.x.parent(ix).(*ast.AssignStmt)
	if !ok || !slices.Contains(a.Lhs, ast.Expr(ix)) || a.Tok != token.ASSIGN || len(a.Lhs) != len(a.Rhs) {
		return false
	}
	obj := e.x.objectAt(id)
	if obj == nil {
		return false
	}
	made := func(lhs, rhs []ast.Expr, at *ast.Ident) bool {
		i := slices.Index(lhs, ast.Expr(at))
		if i < 0 || len(lhs) != len(rhs) {
			return len(rhs) == 0
		}
		switch r := ast.Unparen(rhs[i]).(type) {
		case *ast.CompositeLit:
			return true
		case *ast.CallExpr:
			return e.builtinCall(r) == "make"
		}
		return false
	}
	written := []*ast.Ident{}
	for _, u := range e.x.usesOf(idOf(obj)) {
		if !e.x.isRead(u) {
			written = append(written, u)
		}
	}
	ast.Inspect(e.topDecl(id), func(n ast.Node) bool {
		if d, ok := n.(*ast.Ident); ok && d.Pos() == idOf(obj) && !slices.Contains(written, d) {
			written = append(written, d)
		}
		return true
	})
	for _, u := range written {
		switch p := e.x.parent(u).(type) {
		case *ast.AssignStmt:
			if !made(p.Lhs, p.Rhs, u) {
				return false
			}
		case *ast.ValueSpec:
			lhs, rhs := assignParts(p)
			if !made(lhs, rhs, u) {
				return false
			}
		default:
			return false
		}
	}
	return len(written) > 0
}
