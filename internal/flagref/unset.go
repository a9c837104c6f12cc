package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
)

// unset gives the one setting that a helper reads the fallback that callers get where
// nothing sets it: if v, ok := os.LookupEnv(key); !ok { return fallback }.
func (p *state) unset(s *summary, ftype *ast.FuncType, body *ast.BlockStmt) {
	if len(s.Evals) != 1 {
		return
	}
	e := s.Evals[0]
	if e.Kind != Evaluation || len(e.Prefixes) == 0 || e.Default != nil {
		return
	}
	u := &unsetPath{p: p, text: e.String()}
	if !u.block(body.List) || u.unclear {
		return
	}
	for i, f := range flatten(ftype.Results) {
		switch {
		case i == 0 && !isBasic(p.typeOf(f)):
			return
		case i > 0 && (i >= len(u.out) || isError(p.typeOf(f)) && u.out[i].given()):
			return
		}
	}
	var pos position
	if to := u.out[0]; to.constant() != nil {
		pos = p.position(to.node)
	} else if !to.symbolic() {
		return
	}
	s.Evals[0] = e.fallingBack(u.out[0], pos)
}

// flatten gives the type of each of a list of results.
func flatten(fields *ast.FieldList) []ast.Expr {
	var out []ast.Expr
	for _, f := range fields.List {
		for range max(1, len(f.Names)) {
			out = append(out, f.Type)
		}
	}
	return out
}

// unsetPath is the way through a function on which a setting is not set.
type unsetPath struct {
	p       *state
	text    string // of the evaluation
	out     []*value
	unclear bool
}

// block walks statements, and reports whether the way ends in them.
func (u *unsetPath) block(list []ast.Stmt) (done bool) {
	for _, s := range list {
		if u.stmt(s) {
			return true
		}
	}
	return false
}

func (u *unsetPath) stmt(s ast.Stmt) (done bool) {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		for _, x := range s.Results {
			u.out = append(u.out, u.p.eval(x))
		}
		u.unclear = u.unclear || len(s.Results) == 0
		return true
	case *ast.BlockStmt:
		return u.block(s.List)
	case *ast.IfStmt:
		is, known := u.truth(s.Cond)
		switch {
		case known && is:
			return u.block(s.Body.List)
		case known:
			return s.Else != nil && u.stmt(s.Else)
		}
	case *ast.SwitchStmt:
		if body, ok := u.clause(s); ok {
			return u.block(body)
		}
	}
	if leaves(s) {
		u.unclear = true
		return true
	}
	return false
}

// clause is what a switch on the setting does where that is not set.
func (u *unsetPath) clause(s *ast.SwitchStmt) (body []ast.Stmt, ok bool) {
	if s.Init != nil || s.Tag == nil || !u.reads(s.Tag, "") {
		return nil, false
	}
	for _, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		if cc.List == nil {
			body = cc.Body
		}
		for _, x := range cc.List {
			switch c := u.p.constantOf(x); {
			case c == nil:
				return nil, false
			case c.ExactString() == `""`:
				return cc.Body, true
			}
		}
	}
	return body, true
}

// leaves reports whether a statement can return or jump.
func leaves(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		}
		return !found
	})
	return found
}

// truth is the value of a condition where the setting is not set.
func (u *unsetPath) truth(x ast.Expr) (is, known bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			is, known = u.truth(x.X)
			return !is, known
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			a, knownA := u.truth(x.X)
			b, knownB := u.truth(x.Y)
			or := x.Op == token.LOR
			if knownA && a == or || knownB && b == or {
				return or, true
			}
			return !or, knownA && knownB
		case token.EQL:
			return true, u.empty(x.X, x.Y) || u.empty(x.Y, x.X)
		case token.NEQ:
			return false, u.empty(x.X, x.Y) || u.empty(x.Y, x.X)
		case token.GTR:
			return false, u.empty(x.X, x.Y)
		}
	case *ast.Ident:
		return false, u.reads(x, "found")
	}
	return false, false
}

// empty reports whether x and y are the setting and "", or its length and 0.
func (u *unsetPath) empty(x, y ast.Expr) bool {
	c := u.p.constantOf(y)
	if c == nil {
		return false
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && len(call.Args) == 1 {
		if b, ok := u.p.object(call.Fun).(*types.Builtin); ok && b.Name() == "len" {
			return c.ExactString() == "0" && u.reads(call.Args[0], "")
		}
	}
	return c.ExactString() == `""` && u.reads(x, "")
}

// reads reports whether an expression is the setting, in that role.
func (u *unsetPath) reads(x ast.Expr, role string) bool {
	v := u.p.eval(x)
	return v.Kind == kFlag && v.Flag.Role == role && v.Flag.Eval.String() == u.text
}
