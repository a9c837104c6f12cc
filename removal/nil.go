package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// operand consumes x where its value is looked into: it is ranged over, indexed, appended
// to, received from, called. A local variable that is nil there keeps its name, which says
// what type it has.
func (w *walker) operand(x ast.Expr) { w.operandVal(x, w.expr(x)) }

func (w *walker) operandVal(x ast.Expr, v *value) {
	if v.decided() && v.isNil && w.isLocal(x) {
		return
	}
	w.useVal(x, v)
}

// receiver consumes x where a method is called of it, or a field selected: a nil pointer keeps
// its name.
func (w *walker) receiver(x ast.Expr, v *value) {
	if _, isPtr := under(w.e.x.typeOf(x)).(*types.Pointer); isPtr && v.decided() && v.isNil && len(v.effects) == 0 {
		return
	}
	w.operandVal(x, v)
}

// isLocal reports whether x is a local variable of which the walk itself knows the value.
func (w *walker) isLocal(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	obj := w.e.x.objectAt(id)
	return obj != nil && w.env[idOf(obj)] != nil
}

// lengthOfNil is the length or capacity of a slice, map or channel that is nil now, nil
// where x is no such call.
func (w *walker) lengthOfNil(x *ast.CallExpr) *value {
	if name := w.e.builtinCall(x); len(x.Args) != 1 || name != "len" && name != "cap" {
		return nil
	}
	switch under(w.e.x.typeOf(x.Args[0])).(type) {
	case *types.Slice, *types.Map, *types.Chan:
	default:
		return nil
	}
	v := w.expr(x.Args[0])
	if !v.decided() || !v.isNil {
		return nil
	}
	return &value{c: constant.MakeInt64(0), flag: true, effects: v.effects}
}

// emptiesNil reports whether a call only takes elements out of a map or a slice that is nil now.
func (w *walker) emptiesNil(call *ast.CallExpr) (*value, bool) {
	if name := w.e.builtinCall(call); name != "delete" && name != "clear" {
		return nil, false
	}
	v := w.expr(call.Args[0])
	return v, v.decided() && v.isNil
}

// appends walks a call of append, and reports whether x is one. Where what is added is
// nil now, append(list, more...), the list alone is left.
func (w *walker) appends(x *ast.CallExpr) bool {
	if w.e.builtinCall(x) != "append" || w.e.tupleLen(x.Args) > 1 {
		return false
	}
	args := make([]*value, len(x.Args))
	for i, a := range x.Args {
		args[i] = w.expr(a)
	}
	w.operandVal(x.Args[0], args[0])
	w.e.args[x] = args
	if w.spreadsNil(x, args) {
		w.e.dec[x] = &decision{op: opKeep, keep: x.Args[0]}
		return true
	}
	for i, a := range x.Args[1:] {
		w.useVal(a, args[i+1])
	}
	return true
}

// spreadsNil reports whether the last argument of a call is a list that is nil now, f(list...).
func (w *walker) spreadsNil(x *ast.CallExpr, args []*value) bool {
	if !x.Ellipsis.IsValid() {
		return false
	}
	v := args[len(args)-1]
	return v.decided() && v.isNil && len(v.effects) == 0
}

// dropSpread takes that argument from the call, which gives the function nil without it too.
func (w *walker) dropSpread(x *ast.CallExpr) {
	drop := make([]bool, len(x.Args))
	if d := w.e.dec[x]; d != nil {
		if d.op != opArgs {
			return
		}
		copy(drop, d.drop)
	}
	drop[len(drop)-1] = true
	w.e.dec[x] = &decision{op: opArgs, drop: drop}
}

// assignsItself reports whether an assignment gives a variable what it holds: its value was
// x = append(x, more...).
func (e *engine) assignsItself(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN || len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return false
	}
	d := e.dec[s.Rhs[0]]
	return d != nil && d.op == opKeep && !d.neg && len(e.effectsOf(s.Lhs[0])) == 0 && e.sameAsLeft(d.keep, s.Lhs[0])
}

// rangeStmt walks a range statement. One over what is empty now goes.
func (w *walker) rangeStmt(s *ast.RangeStmt) {
	v := w.expr(s.X)
	if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok && w.goesThroughNil(call) {
		w.e.dec[s] = &decision{op: opDrop}
		w.passedOver("", s.Body)
		return
	}
	if w.nothingIn(s.X, v) {
		w.e.dec[s] = &decision{op: opDrop, hoist: v.effects}
		w.passedOver(v.key, s.Body)
		return
	}
	w.operandVal(s.X, v)
	w.kill(s)
	w.branch(func() { w.block(s.Body) })
	w.kill(s)
}

// goesThroughNil reports whether a call gives what goes through a list or a map that is nil now.
func (w *walker) goesThroughNil(call *ast.CallExpr) bool {
	fn := w.e.x.callee(call)
	if fn == nil || !elementsOf[fn.FullName()] || len(call.Args) != 1 {
		return false
	}
	v := w.expr(call.Args[0])
	return v.decided() && v.isNil && len(v.effects) == 0
}

// neverEntered reports whether the condition of a for is false right behind its init statement, because
// of the flag: of a variable, and a constant or a length.
func (w *walker) neverEntered(s *ast.ForStmt) (*value, bool) {
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || s.Init == nil {
		return nil, false
	}
	id, ok := cond.X.(*ast.Ident)
	y := w.plain(cond.Y)
	if call, isCall := ast.Unparen(cond.Y).(*ast.CallExpr); isCall && y == nil {
		if y = w.lengthOfNil(call); y == nil && w.e.seeds[call] != nil {
			y = w.expr(call)
		}
	}
	if !ok || !y.known() || len(y.effects) > 0 {
		return nil, false
	}
	x := w.ident(id)
	if !x.known() {
		return nil, false
	}
	v := w.compute(cond, x, y)
	b, ok := v.isBool()
	return v, ok && !b
}

// nothingIn reports whether v, the value of x, has nothing to range over because of the flag.
func (w *walker) nothingIn(x ast.Expr, v *value) bool {
	if !v.decided() || v.fn != nil {
		return false
	}
	switch under(w.e.x.typeOf(x)).(type) {
	case *types.Slice, *types.Map:
		return v.isNil
	case *types.Basic:
		return v.c != nil && (v.c.Kind() == constant.String && constant.StringVal(v.c) == "" || v.c.Kind() == constant.Int && constant.Sign(v.c) <= 0)
	}
	return false
}

// indexOfNil is the element of a map that is nil now, and nil where that is not known.
func (w *walker) indexOfNil(x *ast.IndexExpr) *value {
	m, ok := under(w.e.x.typeOf(x.X)).(*types.Map)
	if !ok || isInterface(m.Elem()) {
		return nil
	}
	v, z := w.expr(x.X), zeroValue(m.Elem())
	if !v.decided() || !v.isNil || z == nil {
		return nil
	}
	w.use(x.Index)
	z.flag, z.key = true, v.key
	z.effects = append(v.effects[:len(v.effects):len(v.effects)], w.e.effectsOf(x.Index)...)
	return z
}

// found walks v, ok := m[key], x being what is on the right of it, and gives what is known
// of the two.
func (w *walker) found(ix *ast.IndexExpr, x ast.Expr) []*value {
	v := w.indexOfNil(ix)
	if v == nil || len(v.effects) > 0 {
		w.operand(ix.X)
		w.use(ix.Index)
		return make([]*value, 2)
	}
	vals := []*value{v, {c: constant.MakeBool(false), flag: true, key: v.key}}
	w.e.tuples[x] = vals
	return vals
}

// neverReady reports whether the communication of a select waits for a channel that is nil
// now, for ever, so that its clause can go.
func (w *walker) neverReady(comm ast.Stmt) (*value, bool) {
	var ch ast.Expr
	switch s := comm.(type) {
	case *ast.SendStmt:
		if !w.e.idle(s.Value) {
			return nil, false // it is evaluated all the same
		}
		ch = s.Chan
	case *ast.ExprStmt:
		ch = received(s.X)
	case *ast.AssignStmt:
		ch = received(s.Rhs[0])
	}
	if ch == nil {
		return nil, false
	}
	v := w.expr(ch)
	return v, v.decided() && v.isNil && len(v.effects) == 0
}

// received is the channel that x receives from.
func received(x ast.Expr) ast.Expr {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X
	}
	return nil
}

// boxed reports whether v, the value of x, is a nil that a place of type t holds as a value
// of x's type: an interface is not nil then.
func (e *engine) boxed(t types.Type, x ast.Expr, v *value) bool {
	return v != nil && v.isNil && isInterface(t) && e.typedNil(x)
}

// typedNil reports whether x, where it is nil, is one of a pointer, a list or the like.
func (e *engine) typedNil(x ast.Expr) bool {
	t := e.x.typeOf(x)
	return t != nil && t != types.Typ[types.UntypedNil] && !isInterface(t)
}

// boxedArg reports whether an argument is such a nil for the parameter that takes it.
func (e *engine) boxedArg(c *ast.CallExpr, i int, v *value) bool {
	sig, ok := under(e.x.typeOf(c.Fun)).(*types.Signature)
	if !ok || sig.Params().Len() == 0 {
		return false
	}
	last := sig.Params().Len() - 1
	t := sig.Params().At(min(i, last)).Type()
	if s, ok := t.(*types.Slice); ok && sig.Variadic() && i >= last && !c.Ellipsis.IsValid() {
		t = s.Elem()
	}
	return e.boxed(t, c.Args[i], v)
}
