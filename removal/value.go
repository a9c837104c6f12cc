package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/flaghygiene/flaglint/internal/flagref"
	"github.com/flaghygiene/flaglint/registry"
)

// value is what is known of an expression's value at one place.
type value struct {
	// c is the constant, nil when the value is Go's nil (isNil) or a detail struct.
	c     constant.Value
	isNil bool
	// detail is set for the struct that a detail evaluation returns: fields are
	// followed by role, the struct itself has no literal.
	detail *seed
	// flag: the value is what it is because of the removed flag. What was
	// constant without it is never folded (DeadBefore).
	flag bool
	// dyn is the dynamic type of a value of interface type.
	dyn types.Type
	// json is the value of a JSON flag, which has a literal and is no constant.
	json *jsonLiteral
	// effects are the expressions that must still run when the value takes the
	// place of what computed it, in order.
	effects []ast.Expr
	// fn is the type of a function that returns c: what takes the place of an
	// evaluation that is handed on as a function.
	fn   *types.Signature
	key  string // the flag that made the value, where one alone did
	seed *seed  // the evaluation that the value comes from directly, for refusals
}

func (v *value) known() bool { return v != nil && v.detail == nil && (v.c != nil || v.isNil) }

// given reports whether v has a literal: it is known, or JSON.
func (v *value) given() bool { return v.known() || v != nil && v.json != nil }

// decided reports whether v is a constant that the flag made.
func (v *value) decided() bool { return v.known() && v.flag }

// lasting is v as it is known wherever it is read: without the evaluation that it comes
// from, and what that did.
func (v *value) lasting() *value {
	r := *v
	r.effects, r.seed = nil, nil
	return &r
}

// orNothing is v where it has a constant, nil where it has none.
func (v *value) orNothing() *value {
	if v.c == nil {
		return nil
	}
	return v
}

func (v *value) isBool() (b, ok bool) {
	if !v.decided() || v.c == nil || v.c.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(v.c), true
}

// sameValue reports whether both are the same constant.
func sameValue(a, b *value) bool {
	if !a.known() || !b.known() || a.isNil != b.isNil {
		return false
	}
	if a.isNil {
		return true
	}
	if a.c.Kind() != b.c.Kind() && !(numeric(a.c) && numeric(b.c)) {
		return false
	}
	return constant.Compare(a.c, token.EQL, b.c)
}

func numeric(c constant.Value) bool {
	return c.Kind() == constant.Int || c.Kind() == constant.Float
}

// merge joins what two paths know of a variable.
func merge(a, b *value) *value {
	if a == nil || b == nil || !sameValue(a, b) {
		return nil
	}
	m := *a
	m.flag = a.flag || b.flag
	m.effects = nil
	m.seed = nil
	return &m
}

// seed is an evaluation of a flag that is being removed.
type seed struct {
	ref   *flagref.Reference
	key   string
	v     registry.Value
	c     constant.Value // nil when V has no constant (JSON)
	extra []ast.Expr     // effects of the arguments
}

// goConstant returns V as a constant, nil for JSON.
func goConstant(v registry.Value) constant.Value {
	switch x := v.Any().(type) {
	case bool:
		return constant.MakeBool(x)
	case string:
		return constant.MakeString(x)
	case int64:
		return constant.MakeInt64(x)
	case float64:
		return constant.ToFloat(constant.MakeFloat64(x))
	}
	return nil
}

// fits converts c for type t as an evaluation of that type returns it; ok is
// false when no constant of type t is that value.
func fits(c constant.Value, t types.Type) (constant.Value, types.Type, bool) {
	if c == nil || t == nil {
		return nil, nil, false
	}
	b, isBasic := t.Underlying().(*types.Basic)
	if !isBasic {
		if types.IsInterface(t) {
			return c, types.Default(untypedOf(c)), true
		}
		return nil, nil, false
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return c, nil, c.Kind() == constant.Bool
	case info&types.IsString != 0:
		return c, nil, c.Kind() == constant.String
	case info&types.IsInteger != 0:
		i := constant.ToInt(c)
		return i, nil, i.Kind() == constant.Int && numeric(c)
	case info&types.IsFloat != 0:
		f := constant.ToFloat(c)
		return f, nil, f.Kind() == constant.Float && numeric(c) || c.Kind() == constant.Int
	}
	return nil, nil, false
}

func untypedOf(c constant.Value) types.Type {
	switch c.Kind() {
	case constant.Bool:
		return types.Typ[types.UntypedBool]
	case constant.String:
		return types.Typ[types.UntypedString]
	case constant.Int:
		return types.Typ[types.Int]
	}
	return types.Typ[types.UntypedFloat]
}
