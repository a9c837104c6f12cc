package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

func isInterface(t types.Type) bool { return t != nil && types.IsInterface(t) }

// zeroValue is the zero value of t where it is a constant or nil.
func zeroValue(t types.Type) *value {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return &value{c: constant.MakeBool(false)}
		case info&types.IsString != 0:
			return &value{c: constant.MakeString("")}
		case info&types.IsInteger != 0:
			return &value{c: constant.MakeInt64(0)}
		}
	case *types.Pointer, *types.Interface, *types.Map, *types.Slice, *types.Signature, *types.Chan:
		return &value{isNil: true}
	}
	return nil
}

// ifStmt walks an if. Where the flag decides the condition, the statement is
// replaced by the arm that runs.
func (w *walker) ifStmt(s *ast.IfStmt) bool {
	known := w.next
	w.next = nil
	w.contradiction(s)
	if s.Init != nil {
		w.stmtAt(s.Init, false)
		known = nil
	}
	v := w.condition(s.Cond, known)
	if b, ok := v.isBool(); ok {
		if len(v.effects) > 0 {
			known = nil
		}
		d := &decision{op: opSplice, init: s.Init, hoist: v.effects}
		w.e.dec[s] = d
		if b {
			w.failsBecauseOf(s, v)
			d.arm, d.body = s.Body, s.Body.List
			ended := w.block(s.Body)
			w.passedOver(v.key, s.Else)
			return ended
		}
		defer w.passedOver(v.key, s.Body)
		switch els := s.Else.(type) {
		case *ast.BlockStmt:
			d.arm, d.body = els, els.List
			return w.list(els.List, known)
		case *ast.IfStmt:
			d.arm, d.body = els, []ast.Stmt{els}
			w.next = known
			return w.stmtAt(els, false)
		}
		w.behind = known
		return false
	}
	if v.decided() {
		w.useVal(s.Cond, v)
	}
	known = w.alsoFalse(known, s.Cond)
	var thenEnds, elseEnds bool
	thenEnv := w.branch(func() { thenEnds = w.block(s.Body) })
	elseEnv := w.branch(func() {
		switch els := s.Else.(type) {
		case *ast.BlockStmt:
			elseEnds = w.list(els.List, known)
		case *ast.IfStmt:
			w.next = known
			elseEnds = w.stmtAt(els, false)
		}
	})
	w.next, w.behind = nil, nil
	if thenEnds {
		thenEnv = nil
		if s.Else == nil {
			w.behind = known
		}
	}
	if elseEnds {
		elseEnv = nil
	}
	w.join(thenEnv, elseEnv)
	return thenEnds && elseEnds
}

func (w *walker) forStmt(s *ast.ForStmt) bool {
	if s.Init != nil {
		w.stmtAt(s.Init, false)
	}
	if v, ok := w.neverEntered(s); ok {
		w.e.dec[s] = &decision{op: opSplice, init: s.Init}
		w.passedOver(v.key, s.Body, s.Post)
		return false
	}
	w.kill(s.Body, s.Post)
	v := w.expr(s.Cond)
	if b, ok := v.isBool(); ok && !b {
		w.e.dec[s] = &decision{op: opSplice, init: s.Init, hoist: v.effects}
		w.passedOver(v.key, s.Body, s.Post)
		return false
	} else if ok && len(v.effects) == 0 {
		w.e.dec[s] = &decision{op: opNoCond}
	} else if s.Cond != nil {
		w.useVal(s.Cond, v)
	}
	w.branch(func() {
		w.block(s.Body)
		if s.Post != nil {
			w.stmtAt(s.Post, false)
		}
	})
	w.kill(s.Body, s.Post)
	if b, ok := v.isBool(); s.Cond == nil || ok && b && len(v.effects) == 0 {
		return !w.breaksOut(s, "")
	}
	return false
}

// breaksOut reports whether a live break leaves the statement: an unlabelled
// one that binds to it, or one with its label.
func (w *walker) breaksOut(s ast.Stmt, label string) bool {
	found := false
	var visit func(n ast.Node, bound bool)
	visit = func(n ast.Node, bound bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			if found || m == nil {
				return false
			}
			if m != n {
				switch m.(type) {
				case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
					if bound {
						visit(m, false)
						return false
					}
				case *ast.FuncLit:
					return false
				}
			}
			if b, ok := m.(*ast.BranchStmt); ok && b.Tok == token.BREAK && w.e.live(b) {
				if b.Label == nil && bound && label == "" || b.Label != nil && label != "" && b.Label.Name == label ||
					b.Label != nil && label == "" && w.fn.labels[b.Label.Name] == s {
					found = true
				}
			}
			return true
		})
	}
	visit(s, true)
	return found
}

// switchStmt walks an expression switch. Cases that the flag rules out go; a
// case that it selects ends the list, and stands alone when nothing can match
// before it.
func (w *walker) switchStmt(s *ast.SwitchStmt) bool {
	if s.Init != nil {
		w.stmtAt(s.Init, false)
	}
	var tag *value
	if s.Tag != nil {
		tag = w.expr(s.Tag)
		if tag != nil && tag.detail != nil {
			w.useVal(s.Tag, tag)
			tag = nil
		}
	} else {
		tag = &value{c: constant.MakeBool(true)}
	}
	clauses := make([]*ast.CaseClause, len(s.Body.List))
	for i, c := range s.Body.List {
		clauses[i] = c.(*ast.CaseClause)
	}
	var (
		removed  = map[*ast.CaseClause]bool{}
		selected = -1 // clause that the flag selects
		open     bool // a case that stays may match before
		changed  bool
		known    []ast.Expr // cases that did not match
	)
	for i, c := range clauses {
		if c.List == nil {
			continue
		}
		kept := 0
		for j, x := range c.List {
			v := w.condition(x, known)
			if s.Tag == nil {
				known = w.alsoFalse(known, x)
			}
			verdict := w.caseMatches(s, tag, v)
			switch {
			case selected >= 0: // after the match: never evaluated
				changed = true
			case verdict == matchNo && len(v.effects) == 0:
				w.dropCase(x)
				changed = true
			case verdict == matchYes && len(v.effects) == 0:
				selected = i
				changed = true
				if open || kept > 0 {
					// What comes before can match first: this clause is what is left.
					for _, y := range c.List[j:] {
						w.dropCase(y)
					}
				}
			default:
				kept++
				w.useVal(x, v)
			}
		}
		if selected == i {
			// What comes before the match in its own clause selects the same body.
			if kept > 0 && !w.pureCases(c) {
				open = true
			}
			continue
		}
		if kept == 0 {
			removed[c] = true
		} else {
			open = true
		}
	}
	if !changed {
		w.useTag(s, tag)
		return w.switchBodies(s, clauses)
	}
	// What falls through into a clause keeps its body alive.
	def := slices.IndexFunc(clauses, func(c *ast.CaseClause) bool { return c.List == nil })
	if selected < 0 && !open {
		selected = def
	}
	if !open {
		return w.selectClause(s, clauses, selected, tag)
	}
	return w.thinSwitch(s, clauses, removed, selected, def, tag)
}

// useTag consumes the tag of a switch that stays. One that is true goes: switch { case … }.
func (w *walker) useTag(s *ast.SwitchStmt, tag *value) {
	if s.Tag == nil {
		return
	}
	if b, ok := tag.isBool(); ok && b && len(tag.effects) == 0 && w.onlyBools(s) {
		w.e.dec[s] = &decision{op: opNoTag}
	} else if tag.decided() {
		w.useVal(s.Tag, tag)
	}
}

// onlyBools reports whether a switch compares with bools alone, so that one on true
// needs no tag.
func (w *walker) onlyBools(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		for _, x := range c.(*ast.CaseClause).List {
			if t := w.e.x.typeOf(x); t != types.Typ[types.Bool] && t != types.Typ[types.UntypedBool] {
				return false
			}
		}
	}
	return true
}

// pureCases reports whether no case of a clause that stays has an effect.
func (w *walker) pureCases(c *ast.CaseClause) bool {
	return !slices.ContainsFunc(c.List, func(x ast.Expr) bool {
		d := w.e.dec[x]
		return (d == nil || d.op != opDrop) && len(w.e.effectsOf(x)) > 0
	})
}

type match int

const (
	matchMaybe match = iota
	matchYes
	matchNo
)

// caseMatches tells what the flag makes of a case: maybe, when it has no say.
func (w *walker) caseMatches(s *ast.SwitchStmt, tag, v *value) match {
	if !tag.known() || !v.known() || !tag.flag && !v.flag || tag.dyn != nil || v.dyn != nil {
		return matchMaybe
	}
	if s.Tag != nil && isInterface(w.e.x.typeOf(s.Tag)) {
		return matchMaybe
	}
	if sameValue(tag, v) {
		return matchYes
	}
	return matchNo
}

// selectClause replaces a switch by the body of the one clause that runs, with
// what it falls through to.
func (w *walker) selectClause(s *ast.SwitchStmt, clauses []*ast.CaseClause, at int, tag *value) bool {
	d := &decision{op: opSplice, init: s.Init}
	if s.Tag != nil {
		if tag.decided() {
			d.hoist = tag.effects
		} else {
			d.hoist = w.e.effectsOf(s.Tag)
		}
	}
	w.e.dec[s] = d
	if at < 0 {
		w.passedOver("", s.Body)
		return false
	}
	chain := clauses[at : at+1]
	for at < len(clauses)-1 && fallsThrough(clauses[at]) {
		at++
		chain = append(chain[:len(chain):len(chain)], clauses[at])
	}
	d.arm = chain[0]
	if slices.ContainsFunc(chain, func(c *ast.CaseClause) bool { return w.breaksInside(c, s) }) {
		delete(w.e.dec, s)
		return w.frame(s, clauses, chain, tag)
	}
	for i, c := range chain {
		body := c.Body
		if n := len(body); n > 0 {
			if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Label == nil &&
				(b.Tok == token.FALLTHROUGH || b.Tok == token.BREAK && i == len(chain)-1) {
				w.e.dec[b] = &decision{op: opDrop}
				body = body[:n-1]
			}
		}
		d.body = append(d.body, body...)
	}
	d.chain = chain
	d.apart = w.clauseNamesClash(chain)
	for _, c := range clauses {
		switch {
		case !slices.Contains(chain, c):
			w.e.dec[c] = &decision{op: opDrop}
			defer w.passedOver("", c)
		case c.List != nil:
			w.e.dec[c] = &decision{op: opDefault}
		}
	}
	return w.list(d.body, nil)
}

// clauseNamesClash reports whether a name that a clause declares is declared by a
// later one too, or means something else there, so that their bodies cannot share
// a scope (Fallthrough).
func (w *walker) clauseNamesClash(chain []*ast.CaseClause) bool {
	seen := map[string]bool{}
	for _, c := range chain {
		names := w.e.declaredWithin(c)
		for n := range names {
			if seen[n] {
				return true
			}
		}
		captured := false
		ast.Inspect(c, func(n ast.Node) bool {
			u, ok := n.(*ast.Ident)
			if !ok || captured || !seen[u.Name] || w.e.isFieldOrSelector(u) {
				return !captured
			}
			captured = slices.ContainsFunc(w.e.x.objectsAt(u), func(o types.Object) bool {
				return o.Pos() < c.Pos() || c.End() <= o.Pos()
			})
			return !captured
		})
		if captured {
			return true
		}
		maps.Copy(seen, names)
	}
	return false
}

// frame keeps a switch around the clauses that run: the selected one, and those
// that it falls through to. The one alone becomes the default; several keep the
// case that selects the first, so that no case of the others is tried before.
func (w *walker) frame(s *ast.SwitchStmt, clauses, chain []*ast.CaseClause, tag *value) bool {
	for _, c := range clauses {
		if !slices.Contains(chain, c) {
			w.e.dec[c] = &decision{op: opDrop}
			defer w.passedOver("", c)
		}
	}
	if len(chain) == 1 {
		if chain[0].List != nil {
			w.e.dec[chain[0]] = &decision{op: opDefault}
		}
		switch {
		case s.Tag == nil || !tag.decided():
		case len(tag.effects) == 0:
			w.e.dec[s] = &decision{op: opNoTag}
		default:
			w.useVal(s.Tag, tag)
		}
		return w.switchBodies(s, chain)
	}
	for _, c := range chain {
		for _, x := range c.List {
			w.giveBack(x)
		}
	}
	if s.Tag != nil {
		w.useVal(s.Tag, tag)
	}
	return w.switchBodies(s, chain)
}

// thinSwitch keeps a switch, without the clauses that the flag rules out.
func (w *walker) thinSwitch(s *ast.SwitchStmt, clauses []*ast.CaseClause, removed map[*ast.CaseClause]bool, selected, def int, tag *value) bool {
	w.useTag(s, tag)
	needed := map[int]bool{} // clauses entered by falling through from one that stays
	var stay []*ast.CaseClause
	for i, c := range clauses {
		gone := removed[c] || selected >= 0 && i > selected && i != def || selected >= 0 && i == def && def != selected
		if gone && !needed[i] {
			w.e.dec[c] = &decision{op: opDrop}
			defer w.passedOver("", c)
			continue
		}
		stay = append(stay, c)
		if fallsThrough(c) {
			needed[i+1] = true
		}
		if gone { // its cases would be an empty list: give them back, they cannot match
			for _, x := range c.List {
				w.giveBack(x)
			}
			continue
		}
		if i == selected && c.List != nil {
			if w.pureCases(c) && !fallsThrough(c) {
				w.e.dec[c] = &decision{op: opDefault}
				continue
			}
			for _, x := range c.List {
				w.giveBack(x)
			}
		}
	}
	return w.switchBodies(s, stay)
}

// dropCase decides that an expression goes from the list of its case.
func (w *walker) dropCase(x ast.Expr) {
	if d := w.e.dec[x]; d == nil || d.op != opDrop {
		w.e.dec[x] = &decision{op: opDrop, was: d}
	}
}

// giveBack takes back that a case goes: it stays, with the arguments that a call in
// its place loses.
func (w *walker) giveBack(x ast.Expr) {
	if d := w.e.dec[x]; d != nil && d.op == opDrop {
		delete(w.e.dec, x)
		if d.was != nil {
			w.e.dec[x] = d.was
		}
	}
	w.use(x)
}

// switchBodies walks the bodies of the clauses that stay.
func (w *walker) switchBodies(s ast.Stmt, clauses []*ast.CaseClause) bool {
	var paths []map[objID]*value
	hasDefault, allEnd := false, true
	for i, c := range clauses {
		d := w.e.dec[c]
		if c.List == nil || d != nil && d.op == opDefault {
			hasDefault = true
		}
		var ended bool
		after := w.branch(func() {
			if i > 0 && fallsThrough(clauses[i-1]) {
				w.kill(clauses[i-1])
			}
			ended = w.list(c.Body, nil)
		})
		if fallsThrough(c) {
			ended = true
		}
		if !ended {
			paths = append(paths, after)
			allEnd = false
		}
	}
	if !hasDefault {
		paths = append(paths, w.env)
		allEnd = false
	}
	broken := w.breaksOut(s, "")
	if len(paths) > 0 {
		w.join(paths...)
	}
	if broken {
		for _, c := range clauses {
			w.kill(c)
		}
	}
	return allEnd && !broken && len(clauses) > 0
}

func (w *walker) typeSwitch(s *ast.TypeSwitchStmt) bool {
	if s.Init != nil {
		w.stmtAt(s.Init, false)
	}
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		if ta, ok := a.Rhs[0].(*ast.TypeAssertExpr); ok {
			w.use(ta.X)
		}
	case *ast.ExprStmt:
		if ta, ok := a.X.(*ast.TypeAssertExpr); ok {
			w.use(ta.X)
		}
	}
	var clauses []*ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if w.e.unmade[c] {
			w.e.dec[c] = &decision{op: opDrop}
			defer w.passedOver("", c)
			continue
		}
		clauses = append(clauses, c)
	}
	return w.switchBodies(s, clauses)
}

func (w *walker) selectStmt(s *ast.SelectStmt) bool {
	var paths []map[objID]*value
	allEnd := true
	for _, c := range s.Body.List {
		cc := c.(*ast.CommClause)
		if v, ok := w.neverReady(cc.Comm); ok {
			w.e.dec[cc] = &decision{op: opDrop}
			defer w.passedOver(v.key, cc)
			continue
		}
		var ended bool
		after := w.branch(func() {
			if cc.Comm != nil {
				w.stmtAt(cc.Comm, false)
			}
			ended = w.list(cc.Body, nil)
		})
		if !ended {
			paths = append(paths, after)
			allEnd = false
		}
	}
	if len(paths) > 0 {
		w.join(paths...)
	}
	if w.breaksOut(s, "") {
		w.kill(s.Body)
		return false
	}
	return allEnd
}

// breaksInside reports whether a clause has a live break that binds to the
// switch, other than as its last statement.
func (w *walker) breaksInside(c *ast.CaseClause, s *ast.SwitchStmt) bool {
	last := ast.Node(nil)
	if n := len(c.Body); n > 0 {
		if b, ok := c.Body[n-1].(*ast.BranchStmt); ok && b.Label == nil {
			last = b
		}
	}
	found := false
	visit := func(n ast.Node) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
				_ = m
				return breakLabelled(m, w.fn.labels, s, &found)
			case *ast.BranchStmt:
				if m.Tok == token.BREAK && ast.Node(m) != last && (m.Label == nil || w.fn.labels[m.Label.Name] == ast.Stmt(s)) {
					found = true
				}
			}
			return !found
		})
	}
	for _, st := range c.Body {
		visit(st)
	}
	return found
}

// breakLabelled looks inside a nested statement for breaks that name s.
func breakLabelled(n ast.Node, labels map[string]ast.Stmt, s ast.Stmt, found *bool) bool {
	ast.Inspect(n, func(m ast.Node) bool {
		if b, ok := m.(*ast.BranchStmt); ok && b.Label != nil && labels[b.Label.Name] == s {
			*found = true
		}
		return true
	})
	return false
}

func fallsThrough(c *ast.CaseClause) bool {
	if n := len(c.Body); n > 0 {
		b, ok := c.Body[n-1].(*ast.BranchStmt)
		return ok && b.Tok == token.FALLTHROUGH
	}
	return false
}

func hasReturn(n ast.Node) bool { return contains[*ast.ReturnStmt](n) }
func hasDefer(n ast.Node) bool  { return contains[*ast.DeferStmt](n) }

// hasBareReturn reports whether a body returns without naming what.
func hasBareReturn(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if r, ok := n.(*ast.ReturnStmt); ok && len(r.Results) == 0 {
			found = true
		}
		return !found
	})
	return found
}

// contains reports whether n has a T in it, closures aside.
func contains[T ast.Node](n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if _, ok := n.(T); ok {
			found = true
		}
		return !found
	})
	return found
}

// terminates reports whether a statement, as it stands, never lets control pass
// to the one after it; like the specification's rule, and also for break and
// continue.
func terminates(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.ExprStmt:
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
			id, ok := ast.Unparen(call.Fun).(*ast.Ident)
			return ok && id.Name == "panic"
		}
	case *ast.BlockStmt:
		return listTerminates(s.List)
	case *ast.IfStmt:
		return s.Else != nil && listTerminates(s.Body.List) && terminates(s.Else)
	case *ast.ForStmt:
		return s.Cond == nil && !bindsBreak(s.Body)
	case *ast.LabeledStmt:
		return terminates(s.Stmt) && !namesLabel(s.Stmt, s.Label.Name)
	case *ast.SwitchStmt:
		return clausesTerminate(s.Body)
	case *ast.TypeSwitchStmt:
		return clausesTerminate(s.Body)
	case *ast.SelectStmt:
		for _, c := range s.Body.List {
			if !listTerminates(c.(*ast.CommClause).Body) {
				return false
			}
		}
		return !bindsBreak(s.Body)
	}
	return false
}

// listTerminates reports whether control does not come to the end of a list: behind
// its last label, to which a goto may lead, something terminates.
func listTerminates(list []ast.Stmt) bool {
	ended := false
	for _, s := range list {
		if contains[*ast.LabeledStmt](s) {
			ended = false
		}
		ended = ended || terminates(s)
	}
	return ended
}

func clausesTerminate(b *ast.BlockStmt) bool {
	def := false
	for _, c := range b.List {
		cc := c.(*ast.CaseClause)
		def = def || cc.List == nil
		if !listTerminates(cc.Body) && !fallsThrough(cc) {
			return false
		}
	}
	return def && !bindsBreak(b)
}

func bindsBreak(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if m.Tok == token.BREAK {
				found = true
			}
		}
		return !found
	})
	return found
}

func namesLabel(n ast.Node, label string) bool {
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		if b, ok := m.(*ast.BranchStmt); ok && b.Tok == token.BREAK && b.Label != nil && b.Label.Name == label {
			found = true
		}
		return !found
	})
	return found
}
