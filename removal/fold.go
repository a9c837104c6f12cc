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

// expr works out what is known of x's value at this place, and decides what
// becomes of its parts. It does not replace x itself: who consumes the value
// does that, with use.
func (w *walker) expr(x ast.Expr) *value {
	if x == nil {
		return nil
	}
	if s := w.e.seeds[x]; s != nil {
		return w.seedValue(s, x)
	}
	if w.e.tests.decided(x) {
		return nil
	}
	if len(w.known) > 0 {
		if w.ruledOut(x) {
			return &value{c: constant.MakeBool(false), flag: true}
		}
		if !isLogical(x) {
			known := w.known
			w.known = nil
			defer func() { w.known = known }()
		}
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		v := w.expr(x.X)
		return v
	case *ast.Ident:
		return w.ident(x)
	case *ast.SelectorExpr:
		return w.selector(x)
	case *ast.UnaryExpr:
		return w.unary(x)
	case *ast.BinaryExpr:
		return w.binary(x)
	case *ast.CallExpr:
		vs := w.call(x)
		if len(vs) == 1 {
			return vs[0]
		}
		return nil
	case *ast.TypeAssertExpr:
		v := w.expr(x.X)
		if v != nil && v.json != nil && x.Type != nil {
			if t := w.e.x.typeOf(x); t != nil && types.Identical(t, jsonType(v.json.v)) {
				return v
			}
		}
		if v.decided() && x.Type != nil && v.dyn != nil {
			if t := w.e.x.typeOf(x); t != nil && types.Identical(t, v.dyn) {
				a := *v
				a.dyn = nil
				return &a
			}
		}
		w.useVal(x.X, v)
		return nil
	case *ast.FuncLit:
		return w.constantFunc(x, w.funcLit(x))
	case *ast.CompositeLit:
		for _, el := range x.Elts {
			if w.e.tests.decided(el) {
				continue
			}
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				if !w.isStructLit(x) {
					w.use(kv.Key)
				}
				v := w.expr(kv.Value)
				w.e.written[kv] = v
				w.useVal(kv.Value, v)
			} else {
				v := w.expr(el)
				w.e.written[el] = v
				if d := w.e.dec[el]; d == nil || d.op != opDrop { // the field may go
					w.useVal(el, v)
				}
			}
		}
		return nil
	case *ast.IndexExpr:
		if v := w.indexOfNil(x); v != nil {
			return v
		}
		if v, ok := w.lookup(x); ok {
			return v
		}
		w.operand(x.X)
		w.use(x.Index)
		return nil
	case *ast.SliceExpr:
		w.operand(x.X)
		w.use(x.Low)
		w.use(x.High)
		w.use(x.Max)
		return nil
	case *ast.StarExpr:
		w.operand(x.X)
		return nil
	case *ast.BasicLit:
		return w.plain(x)
	}
	return nil
}

// plain is the value of a constant expression that the flag has no part in.
func (w *walker) plain(x ast.Expr) *value {
	info := w.e.x.infoFor(x)
	if info == nil {
		return nil
	}
	tv := info.Types[x]
	if tv.Value != nil {
		return &value{c: tv.Value}
	}
	if tv.IsNil() {
		return &value{isNil: true}
	}
	return nil
}

func (w *walker) isStructLit(x *ast.CompositeLit) bool {
	t := w.e.x.typeOf(x)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

func (w *walker) ident(x *ast.Ident) *value {
	objs := w.e.x.objectsAt(x)
	var out *value
	for i, obj := range objs {
		oid := idOf(obj)
		v := w.env[oid]
		if v == nil {
			v = w.e.objConst[oid]
		}
		if v == nil || i > 0 && (out.detail != v.detail || out.detail == nil && !sameValue(out, v)) {
			return w.plain(x)
		}
		out = v
	}
	if out == nil {
		return w.plain(x)
	}
	return out.lasting()
}

func (w *walker) selector(x *ast.SelectorExpr) *value {
	if v := w.plain(x); v != nil {
		return v
	}
	if v := w.expr(x.X); v != nil && v.detail != nil {
		switch v.detail.ref.Shape.Details[x.Sel.Name] {
		case "value":
			return w.constOf(v.detail, x, false, v.effects)
		case "negated":
			return w.constOf(v.detail, x, true, v.effects)
		case "error":
			return &value{isNil: true, flag: true, effects: v.effects}
		}
		w.e.refuse(v.detail, x, "detail", "the evaluation's details are used, not its value alone: replace "+x.Sel.Name+" by hand")
		return nil
	} else {
		w.receiver(x.X, v)
	}
	var out *value
	for i, obj := range w.e.x.objectsAt(x.Sel) {
		v := w.e.objConst[idOf(obj)]
		if v == nil || i > 0 && !sameValue(out, v) || isAtomic(obj.Type()) {
			return nil
		}
		out = v
	}
	if out == nil {
		return nil
	}
	r := *out
	r.effects, r.seed = w.e.effectsOf(x.X), nil
	return &r
}

// seedValue is the value of an evaluation of the flag at x.
func (w *walker) seedValue(s *seed, x ast.Expr) *value {
	sh := s.ref.Shape
	if sh.Func && w.funcValue(s, x) {
		return nil
	}
	if sh.Multi {
		if w.e.listsDeclarations(s, x) {
			return nil
		}
		w.e.refuse(s, x, "dynamic-key", "the key is one of several at run time: take this flag out of the choice by hand")
		return nil
	}
	if !replaceable(sh) {
		w.e.refuse(s, x, "inexact-wrapper", "the helper computes on the flag's value before it returns it: inline it, then remove again, or name it under providers in .flaglint.yaml")
		return nil
	}
	if call, ok := x.(*ast.CallExpr); ok {
		for _, a := range call.Args {
			if !w.e.isKeyOrDefault(s, a) {
				w.use(a)
			}
		}
	}
	if sh.Details != nil {
		return &value{detail: s, flag: true, effects: s.extra, seed: s}
	}
	v := w.constOf(s, x, sh.Negated, s.extra)
	return v
}

// replaceable reports whether the flag's value can take the place of an evaluation:
// it is all that comes out of it, or would be if the flag were always asked for. A
// wrapper that answers by itself without a client, or where a variable of the
// environment says so, is the flag as its callers know it.
func replaceable(sh flagref.Shape) bool { return sh.Exact || sh.Fallback }

// funcValue replaces an evaluation that is handed on as a function by a function
// that returns the flag's value. Where that is never called any more, it goes
// with what holds it.
func (w *walker) funcValue(s *seed, x ast.Expr) bool {
	sig, ok := under(w.e.x.typeOf(x)).(*types.Signature)
	if !ok || sig.Results().Len() != 1 || sig.TypeParams().Len() > 0 {
		return false
	}
	c, dyn, ok := fits(s.c, sig.Results().At(0).Type())
	if !ok || dyn != nil || len(s.extra) > 0 || len(w.e.effectsOf(x)) > 0 {
		return false
	}
	if s.ref.Shape.Negated {
		if c.Kind() != constant.Bool {
			return false
		}
		c = constant.MakeBool(!constant.BoolVal(c))
	}
	w.e.dec[x] = &decision{op: opLit, val: &value{c: c, fn: sig, flag: true}}
	return true
}

// constantFunc is the value of a closure that now does nothing but return what the
// flag made constant: what calls it, and it alone, has that constant.
func (w *walker) constantFunc(x *ast.FuncLit, returns [][]*value) *value {
	sig, ok := under(w.e.x.typeOf(x)).(*types.Signature)
	if !ok || sig.Results().Len() != 1 || len(returns) != 1 || !returns[0][0].decided() {
		return nil
	}
	v := returns[0][0]
	if v.c == nil || v.fn != nil || v.dyn != nil || len(v.effects) > 0 || isInterface(sig.Results().At(0).Type()) {
		return nil
	}
	for _, s := range x.Body.List {
		if _, ok := s.(*ast.ReturnStmt); !ok && !w.e.gone(s) || len(w.e.walkHoistOf(s)) > 0 {
			return nil
		}
	}
	return &value{c: v.c, fn: sig, flag: true, key: v.key}
}

// calledConstant is what a call of a variable or a field gives that is known to hold
// a function which returns a constant; nil for other calls.
func (w *walker) calledConstant(x *ast.CallExpr) *value {
	id := nameOf(x.Fun)
	if id == nil {
		return nil
	}
	if _, ok := w.e.x.objectAt(id).(*types.Var); !ok {
		return nil
	}
	f := w.expr(ast.Unparen(x.Fun))
	if !f.decided() || f.fn == nil {
		return nil
	}
	v := &value{c: f.c, flag: true, key: f.key, effects: slices.Clone(f.effects)}
	for _, a := range x.Args {
		w.use(a)
		v.effects = append(v.effects, w.e.effectsOf(a)...)
	}
	return v
}

// constOf is the flag's value as an expression x has it.
func (w *walker) constOf(s *seed, x ast.Expr, negated bool, effects []ast.Expr) *value {
	t := w.e.x.typeOf(x)
	if tuple, ok := t.(*types.Tuple); ok {
		if s.ref.Shape.Result >= tuple.Len() {
			return nil
		}
		t = tuple.At(s.ref.Shape.Result).Type()
	}
	if j := s.jsonAs(t); j != nil && !negated {
		return &value{json: j, flag: true, effects: effects, key: s.key, seed: s}
	}
	c, dyn, ok := fits(s.c, t)
	if !ok {
		w.e.refuse(s, x, "no-literal", "the value "+s.v.String()+" cannot be written as a literal of the type that the evaluation returns")
		return nil
	}
	if negated {
		if c.Kind() != constant.Bool {
			return nil
		}
		c = constant.MakeBool(!constant.BoolVal(c))
	}
	return &value{c: c, dyn: dyn, flag: true, effects: effects, key: s.key, seed: s}
}

func (w *walker) unary(x *ast.UnaryExpr) *value {
	switch x.Op {
	case token.AND, token.ARROW:
		w.operand(x.X)
		return nil
	}
	v := w.expr(x.X)
	if !v.known() || v.c == nil {
		return nil
	}
	if !v.flag {
		return w.plain(x)
	}
	if v.c.Kind() == constant.Int && !isSafeInt(v.c) {
		w.useVal(x.X, v)
		return nil
	}
	prec := uint(0)
	if x.Op == token.XOR {
		if b, ok := w.e.x.typeOf(x).Underlying().(*types.Basic); !ok || b.Info()&types.IsUnsigned != 0 {
			w.useVal(x.X, v)
			return nil
		}
	}
	r := *v
	r.c = constant.UnaryOp(x.Op, v.c, prec)
	if !representable(r.c, w.e.x.typeOf(x)) {
		w.useVal(x.X, v)
		return nil
	}
	return &r
}

func isSafeInt(c constant.Value) bool {
	_, exact := constant.Int64Val(c)
	return exact
}

func (w *walker) binary(x *ast.BinaryExpr) *value {
	if x.Op == token.LAND || x.Op == token.LOR {
		return w.logical(x)
	}
	vx, vy := w.expr(x.X), w.expr(x.Y)
	if v := w.compute(x, vx, vy); v != nil {
		return v
	}
	if w.compareBool(x, x.X, vy) || w.compareBool(x, x.Y, vx) {
		return nil
	}
	w.useVal(x.X, vx)
	w.useVal(x.Y, vy)
	return nil
}

// compareBool replaces the comparison of a bool with one that the flag decides,
// f() == on, by the other operand or its opposite.
func (w *walker) compareBool(x *ast.BinaryExpr, other ast.Expr, v *value) bool {
	b, ok := v.isBool()
	if !ok || x.Op != token.EQL && x.Op != token.NEQ || len(v.effects) > 0 || v.dyn != nil {
		return false
	}
	if t := w.e.x.typeOf(other); t == nil || !types.Identical(t, types.Typ[types.Bool]) {
		return false
	}
	w.e.dec[x] = &decision{op: opKeep, keep: other, neg: b != (x.Op == token.EQL)}
	return true
}

// compute folds a comparison or an arithmetic operation of two known operands,
// at least one of which the flag made; nil when it must stay.
func (w *walker) compute(x *ast.BinaryExpr, vx, vy *value) *value {
	if !vx.known() || !vy.known() {
		return nil
	}
	if !vx.flag && !vy.flag {
		return w.plain(x)
	}
	out := &value{flag: true, effects: append(append([]ast.Expr(nil), vx.effects...), vy.effects...)}
	out.key = cmp.Or(vx.key, vy.key)
	out.seed = vx.seed
	if out.seed == nil {
		out.seed = vy.seed
	}
	// The right operand may change what the left one read.
	if len(vy.effects) > 0 && len(vx.effects) == 0 && vx.seed == nil && !w.isConstExpr(x.X) {
		return nil
	}
	switch x.Op {
	case token.EQL, token.NEQ:
		eq := false
		switch {
		case vx.isNil && vy.isNil:
			if w.e.boxed(w.e.x.typeOf(x.X), x.Y, vy) || w.e.boxed(w.e.x.typeOf(x.Y), x.X, vx) {
				return nil
			}
			eq = true
		case vx.isNil || vy.isNil:
			eq = false
		default:
			if vx.dyn != nil || vy.dyn != nil {
				tx, ty := w.dynType(x.X, vx), w.dynType(x.Y, vy)
				if tx == nil || ty == nil {
					return nil
				}
				eq = types.Identical(tx, ty) && sameValue(vx, vy)
			} else {
				eq = sameValue(vx, vy)
			}
		}
		out.c = constant.MakeBool(eq == (x.Op == token.EQL))
		return out
	}
	if vx.c == nil || vy.c == nil || vx.dyn != nil || vy.dyn != nil {
		return nil
	}
	switch x.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if vx.c.Kind() == constant.Bool {
			return nil
		}
		out.c = constant.MakeBool(constant.Compare(vx.c, x.Op, vy.c))
		return out
	case token.ADD, token.SUB, token.MUL:
		t := w.e.x.typeOf(x)
		if t == nil {
			return nil
		}
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsFloat != 0 {
			out.c = floats(vx.c, x.Op, vy.c, b)
			return out.orNothing()
		}
		out.c = constant.BinaryOp(vx.c, x.Op, vy.c)
		if representable(out.c, t) {
			return out
		}
	default:
		t := w.e.x.typeOf(x)
		b, ok := under(t).(*types.Basic)
		if ok && b.Info()&types.IsFloat != 0 {
			out.c = floats(vx.c, x.Op, vy.c, b)
			return out.orNothing()
		}
		if !ok || b.Info()&types.IsInteger == 0 {
			return nil
		}
		if out.c = integers(vx.c, x.Op, vy.c); out.c != nil && representable(out.c, t) {
			return out
		}
	}
	return nil
}

func (w *walker) isConstExpr(x ast.Expr) bool { return w.plain(x) != nil }

// dynType is the type that a comparison of interface values sees.
func (w *walker) dynType(x ast.Expr, v *value) types.Type {
	if v.dyn != nil {
		return v.dyn
	}
	t := w.e.x.typeOf(x)
	if t == nil {
		return nil
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return types.Default(t)
	}
	return t
}

// representable reports whether c is a value of the basic type t; of an int it
// takes what fits 32 bits, so that the answer holds on every platform.
func representable(c constant.Value, t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return false
	}
	if c.Kind() != constant.Int {
		return c.Kind() != constant.Unknown
	}
	lo, hi := int64(-1<<31), int64(1<<31-1)
	switch b.Kind() {
	case types.Int8:
		lo, hi = -1<<7, 1<<7-1
	case types.Int16:
		lo, hi = -1<<15, 1<<15-1
	case types.Int64:
		return isSafeInt(c)
	case types.Uint, types.Uint32, types.Uintptr:
		lo, hi = 0, 1<<32-1
	case types.Uint64:
		lo, hi = 0, 1<<63-1
	case types.Uint8:
		lo, hi = 0, 1<<8-1
	case types.Uint16:
		lo, hi = 0, 1<<16-1
	case types.UntypedInt, types.UntypedRune, types.Int, types.Int32:
	default:
		return false
	}
	i, exact := constant.Int64Val(c)
	return exact && lo <= i && i <= hi
}

// logical folds && and ||. With an absorbing operand on the right, the left one
// still runs; with a neutral one, only the other stays.
func (w *walker) logical(x *ast.BinaryExpr) *value {
	absorbing := x.Op == token.LOR // the operand value that decides the result
	vx := w.expr(x.X)
	if bx, ok := vx.isBool(); ok {
		if bx == absorbing {
			// Y never runs.
			return vx
		}
		vy := w.expr(x.Y)
		switch {
		case vy.decided():
			r := *vy
			r.effects = append(append([]ast.Expr(nil), vx.effects...), vy.effects...)
			return &r
		case len(vx.effects) == 0:
			w.e.dec[x] = &decision{op: opKeep, keep: x.Y}
			return vy
		}
		w.useVal(x.X, vx)
		return nil
	}
	// A left operand that tells something about the right one: no such thing is
	// tracked; the flag is asked anew.
	if len(w.e.effectsOf(x.X)) > 0 {
		w.known = nil // it may change what the right one asks for
	}
	vy := w.expr(x.Y)
	by, ok := vy.isBool()
	if !ok {
		return nil
	}
	if len(vy.effects) > 0 {
		w.useVal(x.Y, vy)
		return nil
	}
	if by != absorbing {
		w.e.dec[x] = &decision{op: opKeep, keep: x.X}
		return nil
	}
	r := *vy
	r.effects = w.e.effectsOf(x.X)
	return &r
}

// use consumes the value of x as data: what is known and made by the flag
// becomes a literal.
func (w *walker) use(x ast.Expr) {
	if x == nil {
		return
	}
	w.useVal(x, w.expr(x))
}

func (w *walker) useVal(x ast.Expr, v *value) {
	if v == nil || !v.flag || v.fn != nil { // a function stays one; what calls it knows
		return
	}
	if v.detail != nil {
		w.e.refuse(v.detail, x, "detail", "the evaluation's details are used as a whole: replace them by hand")
		return
	}
	if w.refuseHidden(x) {
		return
	}
	if len(v.effects) > 0 {
		w.materialise(x, v)
		return
	}
	if v.json != nil {
		w.e.dec[x] = &decision{op: opLit, val: v}
		return
	}
	if !v.isNil && v.c.Kind() != constant.Bool && w.e.seeds[ast.Unparen(x)] == nil {
		// A computation keeps its form around the evaluation.
		switch y := ast.Unparen(x).(type) {
		case *ast.BinaryExpr:
			w.use(y.X)
			w.use(y.Y)
			return
		case *ast.UnaryExpr:
			w.use(y.X)
			return
		case *ast.CallExpr:
			if w.e.isConversion(y) && !w.e.truncates(y) {
				w.use(y.Args[0])
				return
			}
		}
	}
	if !w.substitute(x, v) {
		return
	}
	w.e.dec[x] = &decision{op: opLit, val: v}
}

// substitute reports whether x, used as data, becomes the literal that it is
// known to be. An evaluation must, and what folding computed does. Of what has a
// name (a variable, a field, a parameter, a function's result) only bools and
// nils do: a name tells more than a number or a string.
func (w *walker) substitute(x ast.Expr, v *value) bool {
	if w.e.seeds[ast.Unparen(x)] != nil {
		return true
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if obj := w.e.x.objectAt(x); obj != nil && w.e.keepReads[idOf(obj)] {
			return false
		}
		if w.e.tests.fixes(w.e.x.objectAt(x)) {
			return true
		}
	case *ast.SelectorExpr:
		if w.e.detailOf(x) || w.e.tests.fixes(w.e.x.objectAt(x.Sel)) {
			return true
		}
	case *ast.CallExpr:
		if w.e.isConversion(x) {
			return true
		}
		if fn := w.e.x.callee(x); w.e.computes(x, fn) {
			return fn != nil || v.c.Kind() != constant.Int || !isText(w.e.x.typeOf(x.Args[0]))
		}
	default:
		return true
	}
	return v.isNil || v.c.Kind() == constant.Bool
}

// detailOf reports whether a selector reads a field of an evaluation's detail
// struct, which goes with the evaluation.
func (e *engine) detailOf(x *ast.SelectorExpr) bool {
	for _, obj := range e.x.objectsAt(x.Sel) {
		if e.objConst[idOf(obj)] != nil {
			return false
		}
	}
	return true
}

// materialise replaces the smallest parts of x that the flag decides, where x as
// a whole cannot become a literal because effects of other parts must stay.
func (w *walker) materialise(x ast.Expr, v *value) {
	if s := w.e.seeds[x]; s != nil {
		if w.hoistable(x) {
			w.e.dec[x] = &decision{op: opLit, val: v}
			w.runBefore(v.effects)
			return
		}
		w.e.refuse(s, x, "operand-effects", "an argument of the evaluation has effects that must stay: take it out into a statement before")
		return
	}
	switch y := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		if w.e.seeds[y] == nil && !w.e.isConversion(y) {
			return // it stays for what it does, and its result with it
		}
	case *ast.BinaryExpr:
		if y.Op == token.LAND || y.Op == token.LOR {
			vx := w.expr(y.X)
			if b, ok := vx.isBool(); ok && len(vx.effects) == 0 && b != (y.Op == token.LOR) {
				w.e.dec[y] = &decision{op: opKeep, keep: y.Y}
				w.use(y.Y)
				return
			}
		}
	}
	if (v.c != nil || v.json != nil) && w.hoistable(x) {
		w.e.dec[x] = &decision{op: opLit, val: v}
		w.runBefore(v.effects)
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		w.materialise(x.X, v)
	case *ast.UnaryExpr:
		w.use(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			vx := w.expr(x.X)
			w.useVal(x.X, vx)
			if b, ok := vx.isBool(); ok && len(vx.effects) == 0 && b == (x.Op == token.LOR) {
				return
			}
			w.use(x.Y)
			return
		}
		w.use(x.X)
		w.use(x.Y)
	case *ast.CallExpr:
		if w.e.isConversion(x) && len(x.Args) == 1 {
			w.use(x.Args[0])
		}
	}
}
