package flagref

import (
	"go/ast"
	"go/types"
)

// scopeField is the pseudo-field that holds what is before the keys that an object is
// asked for: viper.Sub("features") has "features.".
const scopeField = "#scope"

// scoped is the result of a call that gives the settings below a key; nil if the call
// is another.
func (p *state) scoped(call *ast.CallExpr, fn *types.Func, arg func(i int) *value) *value {
	m, ok := p.set.Scope(fn)
	if !ok {
		return nil
	}
	key := p.subst(p.arg(m.Row.Key), binding{"", arg})
	scope := below(p.calledOn(call), concat(key, stringValue(m.Row.Join)))
	return &value{Kind: kStruct, Text: typeName(p.typeOf(call)), Names: []string{scopeField}, Elems: []*value{scope}}
}

// calledOn is the object whose method a call calls, nil if it calls none.
func (p *state) calledOn(call *ast.CallExpr) *value {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	s, ok := p.info.Selections[sel]
	if !ok || s.Kind() != types.MethodVal {
		return nil
	}
	return p.receiver(sel, s)
}

// scopeOf is what is before the keys that an object is asked for, nil if nothing is.
func scopeOf(object *value) *value {
	if object != nil && object.Kind == kStruct && len(object.Names) == 1 && object.Names[0] == scopeField {
		return object.Elems[0]
	}
	return nil
}

// below is the key that an object is asked for, behind the object's scope.
func below(object, key *value) *value {
	scope := scopeOf(object)
	switch {
	case scope == nil:
		return key
	case key.Kind == kOneOf:
		keys := make([]*value, len(key.Elems))
		for i, k := range key.Elems {
			keys[i] = below(object, k)
		}
		return oneOf(keys)
	}
	return concat(scope, key)
}

// keyIndex is the index of the argument that names the setting which a function of a
// system with scopes reads, declares or sets.
func (p *state) keyIndex(fn *types.Func) (index int, ok bool) {
	if m, ok := p.set.Function(fn); ok && len(m.Spec.Scopes) > 0 {
		return m.Row.Key.Index, true
	}
	if m, ok := p.set.Declaration(fn); ok && len(m.Spec.Scopes) > 0 {
		return m.Row.Key.Index, true
	}
	if m, ok := p.set.Override(fn); ok && len(m.Spec.Scopes) > 0 {
		return m.Row.Key.Index, true
	}
	return 0, false
}
