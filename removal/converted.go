package removal

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// converted renders the conversion of a literal that took the flag's place: the constant of
// the program that is that value of the type, or the literal alone where its place gives
// it the type.
func (m *emitter) converted(x *ast.CallExpr) (string, bool) {
	if !m.e.isConversion(x) || len(x.Args) != 1 {
		return "", false
	}
	arg := ast.Unparen(x.Args[0])
	d, t := m.e.dec[arg], m.e.x.typeOf(x)
	if d == nil || d.op != opLit || d.vals != nil || d.val.dyn != nil || d.val.c == nil || d.val.fn != nil || !sameKindConversion(d.val.c, t) {
		return "", false
	}
	if d.val.c.Kind() == constant.Bool {
		return "", false
	}
	if name, ok := m.constantOf(x, t, d.val.c); ok {
		return name, true
	}
	if (m.contextTyped(x) || types.Identical(t, types.Default(untypedOf(d.val.c)))) && !m.computedWith(x) {
		return constantText(d.val.c, t), true
	}
	return "", false
}

// constantOf names the one constant of a defined type that has a value, where the place of
// x can name it.
func (m *emitter) constantOf(x ast.Expr, t types.Type, c constant.Value) (string, bool) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return "", false
	}
	pkg := named.Obj().Pkg()
	var found *types.Const
	for _, name := range pkg.Scope().Names() {
		k, ok := pkg.Scope().Lookup(name).(*types.Const)
		if !ok || !types.Identical(k.Type(), t) || !constant.Compare(k.Val(), token.EQL, c) {
			continue
		}
		if found != nil {
			return "", false
		}
		found = k
	}
	if found == nil || m.e.dead[idOf(found)] {
		return "", false
	}
	for _, view := range m.f.views {
		if view.Types == pkg || view.Types.Path() == pkg.Path() {
			in := view.Types.Scope().Innermost(x.Pos())
			if in == nil {
				return "", false
			}
			if _, o := in.LookupParent(found.Name(), x.Pos()); o == nil || o.Parent() != view.Types.Scope() {
				return "", false // it is hidden here
			}
			return found.Name(), true
		}
	}
	typ := m.typeName(t)
	if !found.Exported() || len(typ) <= len(named.Obj().Name()) {
		return "", false
	}
	return typ[:len(typ)-len(named.Obj().Name())] + found.Name(), true
}
