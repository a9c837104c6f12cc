package flagref

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/flaghygiene/flaglint/internal/provider"
)

// eval finds the symbolic value of an expression. What a caller decides is
// expressed by parameters of the enclosing functions.
func (p *state) eval(e ast.Expr) *value {
	if v, ok := p.values[e]; ok {
		if v == nil {
			v = circular()
			p.values[e] = v
		}
		return v
	}
	p.values[e] = nil // in the works
	v := p.evalExpr(e)
	switch v.Kind {
	case kStruct, kList, kMap, kOneOf: // bounded where they are written, but for what they share
		if !v.literalWithin(maxLiteral) {
			v = dynamic("the value is too large")
		}
	default:
		if !v.bounded(maxParts) {
			v = dynamic("the value is nested too deeply")
		}
	}
	v = v.at(e, p.object(e))
	p.values[e] = v
	return v
}

// circular is what is known of a value that is asked for while it is being found.
func circular() *value { return dynamic("the value depends on itself") }

// object returns the constant, variable or function that e names, conversions
// and parentheses aside.
func (p *state) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.info.Uses[e]
	case *ast.SelectorExpr:
		return p.info.Uses[e.Sel]
	case *ast.CallExpr:
		if tv := p.info.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return p.object(e.Args[0])
		}
	}
	return nil
}

func (p *state) evalExpr(e ast.Expr) *value {
	if tv := p.info.Types[e]; tv.Value != nil {
		return constValue(tv.Value)
	} else if tv.IsNil() {
		return &value{Kind: kDynamic, Index: 1, Text: "nil"}
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return p.eval(e.X)
	case *ast.StarExpr:
		return p.eval(e.X)
	case *ast.TypeAssertExpr:
		return p.eval(e.X)
	case *ast.Ident:
		if v, ok := p.info.Uses[e].(*types.Var); ok {
			return p.evalAt(v, e.Pos())
		}
		return p.evalObject(p.info.Uses[e])
	case *ast.SelectorExpr:
		return p.evalSelector(e)
	case *ast.CallExpr:
		if app := p.apply(e); len(app.results) > 0 {
			return app.results[0]
		}
		return dynamic("a call without result")
	case *ast.CompositeLit:
		return p.evalComposite(e)
	case *ast.UnaryExpr:
		switch e.Op {
		case token.AND:
			return p.eval(e.X)
		case token.NOT:
			return negate(p.eval(e.X))
		}
	case *ast.BinaryExpr:
		return p.evalBinary(e)
	case *ast.IndexExpr:
		if tv := p.info.Types[e.X]; tv.IsValue() {
			if _, generic := tv.Type.Underlying().(*types.Signature); generic {
				return p.eval(e.X)
			}
			return p.evalIndex(e)
		}
	case *ast.FuncLit:
		return &value{Kind: kFunc, Func: &funcValue{ID: p.idx.litIDs[e], Sum: p.litSummary(e)}}
	}
	return dynamic("the value is computed at run time")
}

func (p *state) evalObject(obj types.Object) *value {
	switch obj := obj.(type) {
	case *types.Var:
		return p.evalVar(obj)
	case *types.Func:
		return &value{Kind: kFunc, Func: &funcValue{Name: obj.Origin().FullName()}}
	}
	return dynamic("the value is computed at run time")
}

// evalSelector finds the value of a selector: a field, a method value, or a
// name of another package.
func (p *state) evalSelector(e *ast.SelectorExpr) *value {
	sel, ok := p.info.Selections[e]
	if !ok {
		return p.evalObject(p.info.Uses[e.Sel])
	}
	switch sel.Kind() {
	case types.MethodVal:
		fn := sel.Obj().(*types.Func)
		return &value{Kind: kFunc, Func: &funcValue{Name: fn.Origin().FullName(), Bound: p.receiver(e, sel)}}
	case types.MethodExpr:
		return &value{Kind: kFunc, Func: &funcValue{Name: sel.Obj().(*types.Func).Origin().FullName(), Expr: true}}
	case types.FieldVal:
		return p.evalField(e, sel)
	}
	return dynamic("the value is computed at run time")
}

// receiver is the value of what a method is called on, embedded fields followed.
func (p *state) receiver(e *ast.SelectorExpr, sel *types.Selection) *value {
	x := p.eval(e.X)
	index := sel.Index()
	for _, name := range fieldPath(sel.Recv(), index[:len(index)-1]) {
		x = p.field(x, name)
	}
	return x
}

func (p *state) evalField(e *ast.SelectorExpr, sel *types.Selection) *value {
	owner, field := provider.Owner(sel)
	if field == nil {
		return dynamic("the value is computed at run time")
	}
	if m, key, ok := p.set.FieldOf(owner, field); ok {
		ev := &eval{Kind: Evaluation, Key: stringValue(key), Provider: m.Spec.Name, Prefixes: m.Spec.Prefixes, Type: provider.ValueType(field.Type())}
		return &value{Kind: kFlag, Flag: &flagValue{Eval: ev, Exact: true}}
	}
	x := p.eval(e.X)
	for _, name := range fieldPath(sel.Recv(), sel.Index()) {
		x = p.field(x, name)
	}
	if x.Kind == kFlag && x.Flag.Eval.Inline {
		return x // decoded into the very variable
	}
	if got := p.fieldFixed(field.Origin()); got != nil {
		if got.Kind == kStruct && x.Kind == kStruct && !slices.Contains(x.Names, keyField) {
			w := *x // with what its constructor says, its default
			w.Names, w.Elems = append(slices.Clip(x.Names), got.Names...), append(slices.Clip(x.Elems), got.Elems...)
			return &w
		}
		return got
	}
	if x.Kind != kDynamic && !x.symbolic() {
		return x
	}
	closed := p.fieldValue(field.Origin())
	if closed == nil || closed.Kind == kOneOf {
		return x // objects differ in it
	}
	if x.Kind == kField && closed.Kind == kConst {
		// A field that carries a key belongs to the object: another one may come.
		return &value{Kind: kField, Text: x.Text, Elems: []*value{x.Elems[0], closed}}
	}
	return closed
}

func (p *state) evalComposite(e *ast.CompositeLit) *value {
	t := p.typeOf(e)
	if len(e.Elts) > maxElems || p.literals >= maxLiterals {
		return dynamic("the value is nested too deeply")
	}
	p.literals++
	defer func() { p.literals-- }()
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		s := &value{Kind: kStruct, Text: typeName(t)}
		for i, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				if id, ok := kv.Key.(*ast.Ident); ok {
					s.Names = append(s.Names, id.Name)
					s.Elems = append(s.Elems, p.eval(kv.Value))
				}
			} else if i < u.NumFields() {
				s.Names = append(s.Names, u.Field(i).Name())
				s.Elems = append(s.Elems, p.eval(elt))
			}
		}
		return p.asObject(s, t)
	case *types.Slice, *types.Array:
		l := &value{Kind: kList}
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			l.Elems = append(l.Elems, p.eval(elt))
		}
		return l
	case *types.Map:
		m := &value{Kind: kMap}
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				m.Keys = append(m.Keys, p.eval(kv.Key))
				m.Elems = append(m.Elems, p.eval(kv.Value).within(kv))
			}
		}
		return m
	}
	return dynamic("the value is computed at run time")
}

// asObject adds the key of a flag object to a literal of its type.
func (p *state) asObject(s *value, t types.Type) *value {
	m, ok := p.set.ObjectType(t)
	if !ok || m.Row.MapKey || m.Row.Contained {
		return s
	}
	key := p.part(s, m.Row.Key)
	s.Names = append(s.Names, keyField)
	s.Elems = append(s.Elems, key)
	if m.Row.Default != nil {
		s.Names = append(s.Names, defaultField)
		s.Elems = append(s.Elems, p.part(s, *m.Row.Default))
	}
	return s
}

// part is a field, by its path, of an object's value.
func (p *state) part(s *value, a provider.Arg) *value {
	v := p.arg(a)
	return p.subst(v, binding{"", func(int) *value { return s }})
}

// within records the map entry that a value stands in.
func (v *value) within(kv ast.Node) *value {
	w := *v
	w.entry = kv
	return &w
}

func (p *state) evalIndex(e *ast.IndexExpr) *value {
	if spec := p.lookup(e.X); spec != nil {
		return &value{Kind: kStruct, Text: typeName(p.typeOf(e)), Names: []string{anyField, keyField}, Elems: []*value{p.eval(e.Index), p.eval(e.Index)}}
	}
	if v := p.membership(e.X, e.Index); v != nil {
		return v
	}
	return p.indexValue(p.eval(e.X), p.eval(e.Index))
}

// lookup returns the spec that names the map x as one from key to flag object.
func (p *state) lookup(x ast.Expr) *provider.Spec {
	owner, v := p.named(x)
	if v == nil {
		return nil
	}
	spec, _ := p.set.Lookup(owner, v)
	return spec
}

// named returns the variable or field that an expression names, and the type
// that declares the field.
func (p *state) named(x ast.Expr) (owner types.Type, v *types.Var) {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		if s, ok := p.info.Selections[sel]; ok {
			if s.Kind() != types.FieldVal {
				return nil, nil
			}
			return provider.Owner(s)
		}
	}
	return nil, p.idx.variable(x)
}

// constantOf returns the constant value of an expression, nil if it has none.
func (p *state) constantOf(e ast.Expr) constant.Value {
	if e == nil {
		return nil
	}
	return p.eval(e).constant()
}
