package flagref

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// negate returns the opposite of a bool.
func negate(v *value) *value {
	switch {
	case v.Kind == kFlag && v.Flag.Role == "":
		f := *v.Flag
		f.Negated = !f.Negated
		return &value{Kind: kFlag, Flag: &f}
	case v.isBool(true):
		return boolValue(false)
	case v.isBool(false):
		return boolValue(true)
	}
	return dynamic("the value is computed at run time")
}

// inexact returns a value that depends on the flag, among other things.
func inexact(v *value) *value {
	if v.Kind != kFlag || !v.Flag.Exact && !v.Flag.Fallback {
		return v
	}
	f := *v.Flag
	f.Exact, f.Fallback = false, false
	return &value{Kind: kFlag, Flag: &f}
}

func (p *state) evalBinary(e *ast.BinaryExpr) *value {
	x, y := p.eval(e.X), p.eval(e.Y)
	switch e.Op {
	case token.ADD:
		if t, ok := p.typeOf(e).Underlying().(*types.Basic); ok && t.Info()&types.IsString != 0 {
			return concat(x, y)
		}
	case token.EQL, token.NEQ:
		if p.info.Types[e.X].IsNil() {
			x, y, e = y, x, &ast.BinaryExpr{X: e.Y, Op: e.Op, Y: e.X}
		}
		if p.info.Types[e.Y].IsNil() && x.Kind == kFlag && x.Flag.Role == "error" {
			// What follows holds for executions in which evaluations do not fail.
			return boolValue(e.Op == token.EQL)
		}
		return equal(x, y, e.Op == token.EQL)
	case token.LAND, token.LOR:
		switch {
		case x.Kind != kFlag || y.Kind != kFlag || same(x.Flag.Eval.Key, y.Flag.Eval.Key):
		case declaredAt(e.X, x) && !declaredAt(e.Y, y):
			return inexact(x) // X = Register("X").Get() && Y: the variable is the flag X
		case declaredAt(e.Y, y) && !declaredAt(e.X, x):
			return inexact(y)
		}
		return both(x, y, e.Op == token.LAND)
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		return mixed(x, y)
	}
	return dynamic("the value is computed at run time")
}

// declaredAt reports whether v is a flag that the very expression declares.
func declaredAt(e ast.Expr, v *value) bool {
	_, call := ast.Unparen(e).(*ast.CallExpr)
	return call && v.Flag.Eval.Inline
}

// equal is x == y, or x != y.
func equal(x, y *value, eq bool) *value {
	if x.Kind != kFlag {
		x, y = y, x
	}
	if x.Kind == kFlag && x.Flag.Role == "" {
		switch {
		case y.isBool(true) && eq, y.isBool(false) && !eq:
			return x
		case y.isBool(true), y.isBool(false):
			return negate(x)
		}
	}
	return mixed(x, y)
}

// both is x && y, or x || y.
func both(x, y *value, and bool) *value {
	for range 2 {
		if x.isBool(and) {
			return y
		}
		if x.isBool(!and) {
			return x
		}
		x, y = y, x
	}
	if x.Kind == kFlag && same(x, y) {
		return x
	}
	return mixed(x, y)
}

// mixed is a value computed from x and y: it depends on a flag if just one flag
// is in it.
func mixed(x, y *value) *value {
	if x.Kind != kFlag {
		x, y = y, x
	}
	if x.Kind != kFlag || (x.Flag.Role != "" && x.Flag.Role != "variant") {
		return dynamic("the value is computed at run time")
	}
	if y.Kind == kFlag && y.Flag.Eval.String() != x.Flag.Eval.String() {
		return dynamic("the value depends on two flags")
	}
	f := *x.Flag
	f.Role, f.Exact, f.Fallback = "", false, false
	return &value{Kind: kFlag, Flag: &f}
}

// pending is the result of a recursive call in the first round: it is no result
// of its own.
const pending = "#pending"

// join is the value that is one of vs, nobody knows which.
func join(vs []*value) *value {
	var flag *value
	if known := slices.DeleteFunc(slices.Clone(vs), func(v *value) bool { return v.Kind == kDynamic && v.Text == pending }); len(known) > 0 {
		vs = known
	}
	for _, v := range vs {
		if v.Kind == kFlag {
			if flag != nil && flag.Flag.Eval.String() != v.Flag.Eval.String() {
				return dynamic("the value depends on two flags")
			}
			flag = v
		}
	}
	out := oneOf(vs)
	if out.Kind != kOneOf || len(vs) == 1 {
		return out // of one value, what is known of it
	}
	if flag != nil {
		return inexact(flag)
	}
	for _, e := range out.Elems {
		switch {
		case e.Kind == kDynamic:
			return e
		case e.Kind == kConst && e.isString() && e.Text == "" && len(out.Elems) == 2:
			// The empty string stands for "no key".
			for _, o := range out.Elems {
				if o != e {
					return o
				}
			}
		}
	}
	return out
}
