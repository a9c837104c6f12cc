package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// stringTests and stringChanges are the functions of the standard library that are
// worked out where the flag makes their arguments constant.
var (
	stringTests = map[string]func(a, b string) bool{
		"strings.EqualFold": strings.EqualFold, "strings.HasPrefix": strings.HasPrefix,
		"strings.HasSuffix": strings.HasSuffix, "strings.Contains": strings.Contains,
	}
	stringChanges = map[string]func(string) string{
		"strings.ToLower": strings.ToLower, "strings.ToUpper": strings.ToUpper, "strings.TrimSpace": strings.TrimSpace,
	}
)

// constantCall is what a call of a function gives that only computes, where the flag makes
// all of its arguments constant; nil for any other call. The arguments are consumed
// where it is.
func (w *walker) constantCall(x *ast.CallExpr, fn *types.Func) *value {
	if !w.e.computes(x, fn) || w.e.tupleLen(x.Args) > 1 {
		return nil
	}
	if fn != nil && fn.FullName() == "slices.Contains" {
		return w.containsConstant(x)
	}
	out := &value{flag: true}
	var args []string
	decided := false
	for _, a := range x.Args {
		v := w.expr(a)
		if !v.known() || v.c == nil || v.c.Kind() != constant.String || v.dyn != nil || len(v.effects) > 0 {
			return nil
		}
		if v.flag {
			decided, out.key = true, v.key
		}
		args = append(args, constant.StringVal(v.c))
	}
	switch {
	case !decided:
		return nil
	case fn == nil: // the length, as data, is told by what it is of
		w.use(x.Args[0])
		out.c = constant.MakeInt64(int64(len(args[0])))
	case stringTests[fn.FullName()] != nil:
		out.c = constant.MakeBool(stringTests[fn.FullName()](args[0], args[1]))
	default:
		s := stringChanges[fn.FullName()](args[0])
		if !utf8.ValidString(s) {
			return nil
		}
		out.c = constant.MakeString(s)
	}
	return out
}

// computes reports whether a call is one that is worked out.
func (e *engine) computes(x *ast.CallExpr, fn *types.Func) bool {
	if fn == nil {
		name := e.builtinCall(x)
		return (name == "len" || name == "cap") && len(x.Args) == 1
	}
	name := fn.FullName()
	return len(x.Args) == 2 && (stringTests[name] != nil || name == "slices.Contains") || len(x.Args) == 1 && stringChanges[name] != nil
}

// containsConstant is what slices.Contains gives for a literal of constants.
func (w *walker) containsConstant(x *ast.CallExpr) *value {
	lit, ok := ast.Unparen(x.Args[0]).(*ast.CompositeLit)
	v := w.expr(x.Args[1])
	if !ok || !v.decided() || v.c == nil || v.dyn != nil || len(v.effects) > 0 {
		return nil
	}
	found := false
	for _, el := range lit.Elts {
		c := w.plain(el)
		if c == nil || c.c == nil {
			return nil
		}
		found = found || sameValue(c, v)
	}
	return &value{c: constant.MakeBool(found), flag: true, key: v.key}
}

// parsed is what strconv.ParseBool or strconv.Atoi gives of a text that the flag makes
// constant, where it is one that they take; nil for any other call.
func (w *walker) parsed(x *ast.CallExpr) []*value {
	fn := w.e.x.callee(x)
	if fn == nil || len(x.Args) != 1 || fn.FullName() != "strconv.ParseBool" && fn.FullName() != "strconv.Atoi" {
		return nil
	}
	v := w.expr(x.Args[0])
	if !v.decided() || v.c == nil || v.c.Kind() != constant.String || len(v.effects) > 0 {
		return nil
	}
	w.useVal(x.Args[0], v)
	out := &value{flag: true, key: v.key}
	if fn.Name() == "Atoi" {
		n, err := strconv.Atoi(constant.StringVal(v.c))
		out.c = constant.MakeInt64(int64(n))
		if err != nil || !representable(out.c, types.Typ[types.Int]) {
			return nil
		}
	} else {
		b, err := strconv.ParseBool(constant.StringVal(v.c))
		if err != nil {
			return nil
		}
		out.c = constant.MakeBool(b)
	}
	return []*value{out, {isNil: true, flag: true, key: v.key}}
}

// integers computes with two integers; nil where the operation is none that is folded, or
// has no result.
func integers(x constant.Value, op token.Token, y constant.Value) constant.Value {
	if x.Kind() != constant.Int || y.Kind() != constant.Int {
		return nil
	}
	switch op {
	case token.QUO:
		op = token.QUO_ASSIGN // the division of integers
		fallthrough
	case token.REM:
		if constant.Sign(y) == 0 {
			return nil
		}
	case token.AND, token.OR, token.XOR, token.AND_NOT:
	default:
		return nil
	}
	return constant.BinaryOp(x, op, y)
}

// isText reports whether t is a type of strings.
func isText(t types.Type) bool {
	b, ok := under(t).(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// floats computes with two numbers of type float64 as the program does, which rounds where the
// arithmetic of constants is exact; nil for other types, operations and what is no number.
func floats(x constant.Value, op token.Token, y constant.Value, t *types.Basic) constant.Value {
	if t.Kind() != types.Float64 || !numeric(x) || !numeric(y) {
		return nil
	}
	a, _ := constant.Float64Val(x)
	b, _ := constant.Float64Val(y)
	var r float64
	switch op {
	case token.ADD:
		r = a + b
	case token.SUB:
		r = a - b
	case token.MUL:
		r = a * b
	case token.QUO:
		r = a / b
	default:
		return nil
	}
	if math.IsInf(r, 0) || math.IsNaN(r) {
		return nil
	}
	return constant.ToFloat(constant.MakeFloat64(r))
}

// truncates reports whether a conversion makes an integer of a number that may have a fraction.
func (e *engine) truncates(x *ast.CallExpr) bool {
	to, ok := under(e.x.typeOf(x)).(*types.Basic)
	from, okFrom := under(e.x.typeOf(x.Args[0])).(*types.Basic)
	return ok && okFrom && to.Info()&types.IsInteger != 0 && from.Info()&types.IsFloat != 0
}

// truncated is the integer that a conversion makes of a constant; nil where it makes none that is
// the same everywhere.
func (e *engine) truncated(x *ast.CallExpr, v *value) *value {
	if !e.truncates(x) || !numeric(v.c) {
		return nil
	}
	f, _ := constant.Float64Val(v.c)
	c := constant.MakeInt64(int64(f))
	if math.Abs(f) >= 1<<31 || !representable(c, e.x.typeOf(x)) {
		return nil
	}
	r := *v
	r.c = c
	return &r
}
