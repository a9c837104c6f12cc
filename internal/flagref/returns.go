package flagref

import (
	"go/ast"
	"go/types"
	"slices"
)

func resultCount(t *ast.FuncType) int {
	n := 0
	if t.Results != nil {
		for _, f := range t.Results.List {
			n += max(1, len(f.Names))
		}
	}
	return n
}

// returnsOf finds what a function returns: the join of its return statements,
// those left out that are only reached when an evaluation failed, which tell what the
// function falls back to.
func (p *state) returnsOf(ftype *ast.FuncType, body *ast.BlockStmt, n int) *returns {
	r := &returns{p: p, ftype: ftype, n: n, values: make([][]*value, n), failed: make([][]*value, n)}
	if n == 1 {
		if v := p.table(body); v != nil {
			r.out = []*value{v}
			return r
		}
	}
	r.block(body.List)
	r.out = make([]*value, n)
	for i := range r.out {
		switch v := r.choice(i); {
		case v != nil:
			r.out[i] = v
		case len(r.values[i]) == 0:
			r.out[i] = dynamic("the function does not return")
		default:
			r.out[i] = r.fallback(i, join(r.values[i]))
		}
		r.settle(i)
	}
	r.errors()
	return r
}

// errors makes an error that is nil wherever the evaluation beside it has not failed the error
// of that: what the function says of it where it has is of no matter.
func (r *returns) errors() {
	i := slices.IndexFunc(r.out, func(v *value) bool { return v.Kind == kFlag && (v.Flag.Role == "" || v.Flag.Role == "details") })
	if i < 0 || !slices.ContainsFunc(r.failed, func(failed []*value) bool { return len(failed) > 0 }) {
		return
	}
	k := 0
	for _, f := range r.ftype.Results.List {
		for range max(1, len(f.Names)) {
			if v := r.out[k]; v.Kind == kDynamic && v.Index == 1 && isError(r.p.typeOf(f.Type)) {
				r.out[k] = &value{Kind: kFlag, Flag: &flagValue{Eval: r.out[i].Flag.Eval, Role: "error", Exact: true}}
			}
			k++
		}
	}
}

// returns collects the results of the reachable return statements.
type returns struct {
	p      *state
	ftype  *ast.FuncType
	n      int
	values [][]*value
	ifs    []ast.Expr   // conditions around the statement at hand
	conds  [][]ast.Expr // of each return
	// failed are the results of the returns where an evaluation has failed. What
	// callers get then is unclear where the function does something else.
	failed  [][]*value
	unclear bool
	// out are the results, settled the evaluations whose fallback is the function's.
	out     []*value
	settled []*eval
}

// block walks statements, and reports whether what follows cannot be reached.
func (r *returns) block(list []ast.Stmt) (done bool) {
	for i, s := range list {
		if r.stmt(s) {
			if ifs, ok := s.(*ast.IfStmt); ok && ifs.Else == nil && r.succeeds(ifs.Cond) {
				r.failing(list[i+1:])
			}
			return true
		}
	}
	return false
}

func (r *returns) stmt(s ast.Stmt) (done bool) {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		r.add(s)
		return true
	case *ast.BlockStmt:
		return r.block(s.List)
	case *ast.LabeledStmt:
		return r.stmt(s.Stmt)
	case *ast.IfStmt:
		return r.ifStmt(s)
	case *ast.ForStmt:
		r.unclear = r.unclear || s.Cond != nil && r.asksError(s.Cond)
		r.block(s.Body.List)
	case *ast.RangeStmt:
		r.block(s.Body.List)
	case *ast.SwitchStmt:
		r.clauses(s.Tag, s.Body)
	case *ast.TypeSwitchStmt:
		r.clauses(nil, s.Body)
	case *ast.SelectStmt:
		r.clauses(nil, s.Body)
	}
	return false
}

func (r *returns) ifStmt(s *ast.IfStmt) (done bool) {
	cond := r.p.eval(s.Cond)
	switch {
	case cond.isBool(true):
		done = r.block(s.Body.List)
		if r.succeeds(s.Cond) && (s.Else != nil || !done) {
			r.failing(statements(s.Else))
		}
		return done
	case cond.isBool(false):
		if r.fails(s.Cond) {
			r.failing(s.Body.List)
		}
		return s.Else != nil && r.stmt(s.Else)
	}
	r.unclear = r.unclear || r.asksError(s.Cond)
	r.ifs = append(r.ifs, s.Cond)
	then := r.block(s.Body.List)
	done = s.Else != nil && r.stmt(s.Else) && then
	r.ifs = r.ifs[:len(r.ifs)-1]
	return done
}

func (r *returns) clauses(tag ast.Expr, body *ast.BlockStmt) {
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			n := len(r.ifs)
			if tag != nil {
				r.ifs = append(r.ifs, tag)
			}
			r.ifs = append(r.ifs, c.List...)
			r.unclear = r.unclear || slices.ContainsFunc(r.ifs[n:], r.asksError)
			r.block(c.Body)
			r.ifs = r.ifs[:n]
		case *ast.CommClause:
			r.block(c.Body)
		}
	}
}

func (r *returns) add(s *ast.ReturnStmt) {
	r.conds = append(r.conds, slices.Clone(r.ifs))
	for i := range r.n {
		var v *value
		switch {
		case len(s.Results) == r.n:
			v = r.p.eval(s.Results[i])
		case len(s.Results) == 1:
			v = r.p.evalTuple(s.Results[0], i)
		default:
			v = r.named(i)
		}
		r.values[i] = append(r.values[i], v)
	}
}

// named is result i of a bare return.
func (r *returns) named(i int) *value {
	k := 0
	for _, f := range r.ftype.Results.List {
		for _, name := range f.Names {
			if v, ok := r.p.info.Defs[name].(*types.Var); ok && k == i {
				return r.p.evalVar(v)
			}
			k++
		}
	}
	return dynamic("the value is computed at run time")
}

// choice is result i of "if flag { return true }; return false", which is the flag.
func (r *returns) choice(i int) *value {
	if len(r.conds) != 2 || len(r.conds[0]) != 1 || len(r.conds[1]) > 1 || len(r.conds[1]) == 1 && r.conds[1][0] != r.conds[0][0] {
		return nil
	}
	first, second := r.values[i][0], r.values[i][1]
	switch cond := r.p.eval(r.conds[0][0]); {
	case cond.Kind != kFlag || cond.Flag.Role != "" || !cond.Flag.Exact:
	case first.isBool(true) && second.isBool(false):
		return cond
	case first.isBool(false) && second.isBool(true):
		return negate(cond)
	}
	return nil
}

// fallback looks closer at a result that is not exactly a flag: whether a flag
// decides it by a branch, and whether the paths without the flag are ways out.
func (r *returns) fallback(i int, got *value) *value {
	if got.Kind == kFlag && (got.Flag.Exact || got.Flag.Fallback || got.Flag.Role != "") {
		return got
	}
	var flag *value
	clean := true
	for k := range r.values[i] {
		for _, c := range r.conds[k] {
			clean = clean && !r.argued(c)
		}
	}
	if applied := r.applied(i); applied != nil {
		out := &value{Kind: kOneOf, Elems: []*value{applied, dynamic("the value is computed at run time")}}
		if len(r.values[i]) == 1 {
			return applied
		}
		if clean {
			out.Index = 1
		}
		return out
	}
	for k, v := range r.values[i] {
		for _, c := range r.conds[k] {
			cond := r.p.eval(c)
			if cond.Kind != kFlag || cond.Flag.Role != "" || flag != nil {
				continue
			}
			switch {
			case v.isBool(true):
				flag = cond
			case v.isBool(false):
				flag = negate(cond)
			}
		}
	}
	if flag == nil && got.Kind != kFlag {
		return got
	}
	for _, v := range r.values[i] {
		switch {
		case v.Kind == kFlag && flag == nil:
			flag = v
		case v.Kind == kFlag && (v.Flag.Eval.String() != flag.Flag.Eval.String() || v.Flag.Negated != flag.Flag.Negated):
			return got
		}
		if v.Kind == kFlag && !v.Flag.Exact && !v.Flag.Fallback {
			clean = false
		}
	}
	f := *flag.Flag
	f.Exact, f.Fallback = false, clean
	return &value{Kind: kFlag, Flag: &f}
}

// applied is what the call of a function that a parameter gives returns, if
// that alone is among results i.
func (r *returns) applied(i int) *value {
	var out *value
	for _, v := range r.values[i] {
		switch {
		case v.Kind == kApplied && out != nil && !same(out, v), v.Kind == kFlag:
			return nil
		case v.Kind == kApplied:
			out = v
		}
	}
	return out
}

// argued reports whether a condition depends on what callers pass, the receiver,
// contexts, and what goes into an evaluation aside.
func (r *returns) argued(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if len(r.p.apply(n).evals) > 0 {
				return false
			}
		case *ast.BinaryExpr:
			if r.p.info.Types[n.X].IsNil() || r.p.info.Types[n.Y].IsNil() {
				return false // there is no client
			}
		case *ast.Ident:
			v, ok := r.p.info.Uses[n].(*types.Var)
			if !ok {
				return true
			}
			if ref, ok := r.p.idx.params[v]; ok && ref.index >= 0 && !ref.variadic && !isContext(v.Type()) {
				found = true
			}
		}
		return true
	})
	return found
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}
