package flagref

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// summarize finds what a function does with flags, in terms of its parameters.
// id is empty for a declared function, the literal's id for a literal.
func (p *state) summarize(id string, ftype *ast.FuncType, body *ast.BlockStmt) *summary {
	s := &summary{}
	p.collect(s, id, body)
	if n := resultCount(ftype); n > 0 {
		r := p.returnsOf(ftype, body, n)
		s.Results = r.out
		s.settle(r.settled)
		p.unset(s, ftype, body)
	} else {
		p.idle(s, body)
	}
	if id == "" && (p.isDependency() || p.idx.made[body]) {
		p.tell(s, body)
	}
	if len(s.Evals) > 0 || s.yieldsFlag() {
		s.Effects = p.effects(body)
	}
	return s
}

// isDependency reports whether the package is of a module that the program uses, and is
// not made of: nobody sees a reference in it.
func (p *state) isDependency() bool {
	m := p.pass.Module
	return m != nil && m.Version != "" && m.Version != "(devel)" // as go vet says it of the main modules
}

// tell adds to s the flags that a function of a dependency, or one of a generated file,
// evaluates by keys of its own and returns: the program refers to them where it calls the function.
func (p *state) tell(s *summary, body *ast.BlockStmt) {
	returned := map[string]bool{}
	for _, r := range s.Results {
		if r.Kind == kFlag && r.Flag.Role == "" && r.Flag.Eval.Key.isString() {
			returned[r.Flag.Eval.String()] = true
		}
	}
	if len(returned) == 0 {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, e := range p.apply(call).evals {
			if e.Kind == Evaluation && returned[e.String()] {
				e = e.through(p.position(call))
				e.Foreign = p.isDependency()
				s.add(e)
			}
		}
		return true
	})
}

// idle tells of an evaluation that a function without results does nothing for one
// value of the flag: if !gate.Enabled(name) { skip() }, or a return at the start.
func (p *state) idle(s *summary, body *ast.BlockStmt) {
	list := body.List
	for len(list) > 0 && p.isHelperMark(list[0]) {
		list = list[1:]
	}
	if len(list) == 0 {
		return
	}
	st, ok := list[0].(*ast.IfStmt)
	if !ok || st.Init != nil || st.Else != nil {
		return
	}
	v := p.eval(st.Cond)
	if v.Kind != kFlag || v.Flag.Role != "" || !v.Flag.Exact {
		return
	}
	var when bool
	switch {
	case len(st.Body.List) == 1 && isReturn(st.Body.List[0]):
		when = !v.Flag.Negated
	case len(list) == 1:
		when = v.Flag.Negated
	default:
		return
	}
	for i, e := range s.Evals {
		if e.String() == v.Flag.Eval.String() {
			c := *e
			c.Idle, c.IdleWhen = true, when
			s.Evals[i] = &c
		}
	}
}

func isReturn(s ast.Stmt) bool {
	_, ok := s.(*ast.ReturnStmt)
	return ok
}

// isHelperMark reports whether a statement is t.Helper().
func (p *state) isHelperMark(s ast.Stmt) bool {
	es, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := es.X.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	fn, ok := typeutil.Callee(p.info, call).(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "testing" && fn.Name() == "Helper"
}

func (s *summary) yieldsFlag() bool {
	for _, r := range s.Results {
		if r.Kind == kFlag {
			return true
		}
	}
	return false
}

// collect adds to s what body evaluates and sets with keys that a caller of id,
// or of a function around it, decides.
func (p *state) collect(s *summary, id string, body ast.Node) {
	mine := func(anyParam func(func(string) bool) bool) bool {
		// What a generated accessor evaluates is a reference where it is called, too.
		return p.idx.accessors[id] || anyParam(func(fn string) bool { return fn == id || id != "" })
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			inner := p.litSummary(n)
			lit := p.idx.litIDs[n]
			for _, e := range inner.Evals {
				if mine(e.anyParam) && !e.anyParam(func(fn string) bool { return fn == lit }) {
					s.add(e)
				}
			}
			for _, d := range inner.Calls {
				if mine(d.anyParam) && !d.anyParam(func(fn string) bool { return fn == lit }) {
					s.addCall(d)
				}
			}
			for _, e := range inner.Sets {
				if mine(e.anyParam) && !e.anyParam(func(fn string) bool { return fn == lit }) {
					s.addSet(e)
				}
			}
			return false
		case *ast.CallExpr:
			app := p.apply(n)
			for _, e := range app.evals {
				if mine(e.anyParam) && !p.recurs(e.Key, e.Via, e.Way, body, len(s.Evals)) {
					s.add(e.through(p.position(n)))
				}
			}
			for _, d := range app.calls {
				if mine(d.anyParam) {
					s.addCall(d.through(p.position(n)))
				}
			}
			for _, e := range app.sets {
				if mine(e.anyParam) && !p.recurs(e.Key, e.Via, e.Way, body, len(s.Sets)) {
					s.addSet(e.through(p.position(n)))
				}
			}
		case *ast.IndexExpr:
			if v := p.membership(n.X, n.Index); v != nil && mine(v.anyParam) {
				s.add(v.Flag.Eval.through(p.position(n)))
			}
		case *ast.SelectorExpr:
			for _, e := range p.boundBy(n) {
				if mine(e.anyParam) {
					s.add(e.through(p.position(n)))
				}
			}
		}
		return true
	})
}

// recurs reports whether what a body does to a key is left out because a recursion does
// it: beyond its first step, where each step makes another key of the one that it
// gets, and beyond what is bounded. A decorator that wraps another one is none: how
// often it does is known where the value is.
func (p *state) recurs(key *value, via []position, w way, body ast.Node, have int) bool {
	from, to := p.pass.Fset.Position(body.Pos()), p.pass.Fset.Position(body.End())
	steps := 0
	for _, at := range via {
		if at.File == from.Filename && cmp.Or(cmp.Compare(at.Line, from.Line), cmp.Compare(at.Column, from.Column)) >= 0 &&
			cmp.Or(cmp.Compare(at.Line, to.Line), cmp.Compare(at.Column, to.Column)) <= 0 {
			steps++
		}
	}
	return steps > 0 && have >= maxRecursive || steps > 1 && len(w.Methods) == 0 && key.Kind != kParam
}

// boundBy gives the evaluations of the function that a method value binds to an
// object, as in check := gate.IsEnabled.
func (p *state) boundBy(n *ast.SelectorExpr) []*eval {
	sel, ok := p.info.Selections[n]
	if !ok || sel.Kind() != types.MethodVal || p.idx.callees[n] {
		return nil
	}
	fn := sel.Obj().(*types.Func)
	sum := p.summaryOf(fn)
	recv := p.receiver(n, sel)
	if types.IsInterface(recvType(fn)) && p.builtin[fn.Origin()] == nil {
		if _, s, r := p.devirtualize(recv, fn.Name()); s != nil {
			sum, recv = s, r
		}
	}
	if sum == nil {
		return nil
	}
	var out []*eval
	for _, e := range sum.Evals {
		// What depends on other parameters is bound by the call.
		got := p.substEval(e, binding{"", func(i int) *value {
			if i < 0 {
				return recv
			}
			return param("#unbound", i)
		}})
		if got != nil && e.Key.usesReceiver() && !got.anyParam(func(fn string) bool { return fn == "#unbound" }) {
			out = append(out, got)
		}
	}
	return out
}

// usesReceiver reports whether the value depends on the receiver of the declared
// function.
func (v *value) usesReceiver() bool {
	if v == nil {
		return false
	}
	if v.Kind == kParam {
		return v.Text == "" && v.Index < 0
	}
	for _, e := range v.Elems {
		if e.usesReceiver() {
			return true
		}
	}
	return false
}

// through returns the evaluation as the caller at pos sees it.
func (e *eval) through(pos position) *eval {
	c := *e
	c.Idle, c.IdleWhen = false, false // of the function inside
	if c.DefaultAt == (position{}) && c.Default.constant() != nil {
		c.DefaultAt = pos
	}
	c.Via = append([]position{pos}, e.Via...)
	return &c
}

// through returns the override as the caller at pos sees it.
func (s *set) through(pos position) *set {
	c := *s
	c.Via = append([]position{pos}, s.Via...)
	return &c
}

func (p *state) position(n ast.Node) position {
	pos := p.pass.Fset.Position(n.Pos())
	return position{pos.Filename, pos.Line, pos.Column}
}

// litSummary is the summary of a function literal.
func (p *state) litSummary(lit *ast.FuncLit) *summary {
	if s, ok := p.lits[lit]; ok {
		return s
	}
	// A literal that calls itself sees nothing of itself: were this the summary
	// that it gets, what it returns could hold the literal, without end.
	p.lits[lit] = &summary{}
	s := p.summarize(p.idx.litIDs[lit], lit.Type, lit.Body)
	p.lits[lit] = s
	return s
}

// effects reports whether a body does more than evaluate: it calls what does not
// evaluate (arguments of an evaluation aside), writes to what is not its own,
// sends, defers, starts.
func (p *state) effects(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			app := p.apply(n)
			switch {
			case app.plain:
			case len(app.evals) > 0:
				found = found || app.effects
				return false
			case app.effects:
				found = true
			}
		case *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
			found = true
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				for _, lhs := range n.Lhs {
					if v := p.idx.variable(lhs); lhs != nil && !isBlank(lhs) && (v == nil || v.Parent() == p.pass.Pkg.Scope()) {
						found = true
					}
				}
			}
		}
		return true
	})
	return found
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}
